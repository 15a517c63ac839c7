import type { Samples } from '../core/index.js';
import type { Chronicle } from './chronicle.js';
import { PerformerDied } from './performer.js';
import type { Seat } from './seat.js';

/** Ends every agent that is up; one that dies or hangs over it has that journaled, no more. */
export async function stopAll(
  seats: readonly Seat[],
  ended: Samples,
  chronicle: Chronicle,
): Promise<void> {
  for (const { id: agent, health, performer } of seats) {
    if (health !== 'up') continue;
    await performer.stop(ended).catch((error: unknown) => {
      if (!(error instanceof PerformerDied)) throw error;
      const { how: what, message: says } = error;
      chronicle.happened({ type: 'happened', time: ended, what, agent, says });
    });
  }
}
