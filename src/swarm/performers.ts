import type { AnyAgentKind } from '../agents/index.js';
import type { Samples } from '../core/index.js';
import type { Packed } from '../archive/index.js';
import type { Entrance, Job, Outcome, Part, Performer } from './performer.js';
import { Player } from './player.js';
import type { Troupe } from './troupe.js';

/**
 * Plays an agent here, in the engine's own thread. For light kinds: whatever computes long would
 * stop time.
 */
export function inlinePerformer(kind: AnyAgentKind, part: Part): Performer {
  let player: Player | undefined;
  return {
    pid: undefined,
    async start(entrance?: Entrance): Promise<void> {
      player = new Player(kind, part);
      await player.start(entrance);
    },
    save: async () => (player as Player).save(),
    receive: (job) => (player as Player).receive(job),
    stop: (now) => (player as Player).stop(now),
    onDeath: () => {},
  };
}

/** Plays an agent in the process of a troupe, which may be shared with others. */
export function troupePerformer(part: Part, troupe: Troupe): Performer {
  const agent = part.id;
  return {
    get pid(): number | undefined {
      return troupe.pid;
    },
    async start(entrance?: Entrance): Promise<void> {
      await troupe.call({ type: 'start', agent, part, ...(entrance ? { entrance } : {}) });
    },
    save: (): Promise<Packed> => troupe.call({ type: 'save', agent }),
    receive: async (job: Job) => (await troupe.call({ type: 'receive', agent, job })) as Outcome,
    async stop(now: Samples): Promise<void> {
      await troupe.call({ type: 'stop', agent, now });
    },
    onDeath: (listener) => troupe.onDeath(listener),
  };
}
