import type { TelemetryRecord } from '../src/telemetry/index.js';
import { asciiText } from './draw/text.js';
import { BLANK_SIGHT, withRecord } from './sight/sight.js';
import { snapshotText } from './snapshot.js';

/** One plain page of what is known of a run, for pipes: no colour, no cursor, lines alone. */
export function plainPage(records: readonly TelemetryRecord[], ascii: boolean): string {
  const sight = records.reduce((known, record) => withRecord(known, record, 0), BLANK_SIGHT);
  const text = snapshotText(sight).trimEnd();
  return ascii ? text.split('\n').map(asciiText).join('\n') : text;
}
