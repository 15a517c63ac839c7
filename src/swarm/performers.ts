import type { AnyAgentKind } from '../agents/index.js';
import type { Samples } from '../core/index.js';
import type { Packed } from '../archive/index.js';
import { answeredWithin, startPatience } from './hang.js';
import type { Death, Entrance, Job, Outcome, Part, Performer } from './performer.js';
import { Player } from './player.js';
import type { Troupe } from './troupe.js';

/**
 * Plays an agent here, in the engine's own thread. For light kinds: whatever computes long would
 * stop time. One that gives no answer for so many seconds is given up: its player goes on unheard.
 */
export function inlinePerformer(kind: AnyAgentKind, part: Part, hangSeconds: number): Performer {
  let player: Player | undefined;
  const starts = startPatience(hangSeconds);
  const mourners: ((death: Death) => void)[] = [];
  const lost = (death: Death): void => mourners.forEach((mourner) => mourner(death));
  return {
    pid: undefined,
    start: (entrance?: Entrance) =>
      starts((seconds) => {
        player = new Player(kind, part);
        return answeredWithin(seconds, player.start(entrance), lost);
      }),
    save: async () => (player as Player).save(),
    receive: (job) => answeredWithin(hangSeconds, (player as Player).receive(job), lost),
    stop: (now) => answeredWithin(hangSeconds, (player as Player).stop(now), lost),
    onDeath: (mourner) => void mourners.push(mourner),
  };
}

/**
 * Plays an agent in the process of a troupe, which may be shared with others and is killed when it
 * gives no answer for so many seconds.
 */
export function troupePerformer(part: Part, troupe: Troupe, hangSeconds: number): Performer {
  const agent = part.id;
  const starts = startPatience(hangSeconds);
  return {
    get pid(): number | undefined {
      return troupe.pid;
    },
    start: (entrance?: Entrance) => {
      const call = { type: 'start', agent, part, ...(entrance ? { entrance } : {}) } as const;
      return starts((seconds) => troupe.call(call, seconds));
    },
    save: () => troupe.call({ type: 'save', agent }, hangSeconds) as Promise<Packed>,
    receive: (job: Job) =>
      troupe.call({ type: 'receive', agent, job }, hangSeconds) as Promise<Outcome>,
    async stop(now: Samples): Promise<void> {
      await troupe.call({ type: 'stop', agent, now }, hangSeconds);
    },
    onDeath: (mourner) => troupe.onDeath(mourner),
  };
}
