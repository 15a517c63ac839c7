import { type DayPart, partAt } from '../scenarios/index.js';
import { type Clock, afterSeconds, wallMs } from './clock.js';
import type { Steering } from './control/steering.js';
import type { StageParts } from './stage-parts.js';

/** How late the hours may be kept, in seconds of wall time. */
const LOOK_SECONDS = 5;

/**
 * Keeps the schedule of a scenario by the clock on the wall, on the real clock alone: when a part
 * of the day begins, the control for it is given, and again for as long as it is refused. Returns
 * what ends it.
 */
export function keepHours(
  { scenario: { schedule }, options }: Pick<StageParts, 'scenario' | 'options'>,
  { kind }: Pick<Clock, 'kind'>,
  steering: Pick<Steering, 'apply'>,
): () => void {
  if (kind !== 'real' || schedule === undefined || schedule.quiet.length === 0) return () => {};
  // What the run held that is entered is not known here: then it is said once more.
  let held: DayPart | undefined = options.enter === undefined ? 'open' : undefined;
  let callOff = (): void => {};
  const look = async (): Promise<void> => {
    const part = partAt(schedule, wallMs());
    if (part === held) return;
    const { done } = await steering.apply({ name: 'quiet', on: part === 'quiet' });
    if (done) held = part;
  };
  const again = (): void => {
    callOff = afterSeconds(LOOK_SECONDS, again);
    void look();
  };
  again();
  return () => callOff();
}
