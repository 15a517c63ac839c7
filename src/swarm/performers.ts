import type { AnyAgentKind } from '../agents/index.js';
import type { Samples } from '../core/index.js';
import type { Job, Outcome, Part, Performer } from './performer.js';
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
    async start(): Promise<void> {
      player = new Player(kind, part);
      await player.start();
    },
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
    async start(): Promise<void> {
      await troupe.call({ type: 'start', agent, part });
    },
    receive: async (job: Job) => (await troupe.call({ type: 'receive', agent, job })) as Outcome,
    async stop(now: Samples): Promise<void> {
      await troupe.call({ type: 'stop', agent, now });
    },
    onDeath: (listener) => troupe.onDeath(listener),
  };
}
