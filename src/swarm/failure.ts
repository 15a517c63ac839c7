import { messageOf } from '../core/index.js';
import type { SchedulerParts } from './scheduler-parts.js';
import type { Seat } from './seat.js';

/** Counts, journals and tells that a step of an agent came to nothing. */
export function reportFailure(
  { chronicle, notify }: Pick<SchedulerParts, 'chronicle' | 'notify'>,
  seat: Seat,
  error: unknown,
): void {
  const says = messageOf(error);
  const { id: agent, time } = seat;
  seat.counts.failures++;
  chronicle.happened({ type: 'happened', time, what: 'failed', agent, says });
  notify({ type: 'failed', agent, says });
}
