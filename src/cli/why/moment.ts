import type { RunIndex, RunRecord } from '../../archive/index.js';
import { clockLabel, soundingAt } from '../../archive/index.js';
import { UserError, parseDuration, toSamples } from '../../core/index.js';

/** What a question is about: envelopes by number, in words. */
export interface Asked {
  readonly of: readonly number[];
  readonly says: string;
}

const WRITTEN = 'an envelope such as grains.12, or a time: 12.5, 2min, 1:02:03.5';

/**
 * What `<time|envelope>` means in a run: the envelope of that id, or what sounded then. A UserError
 * when it is neither, or when nothing sounded.
 */
export function askedOf(index: RunIndex, written: string): Asked {
  const n = index.find(written);
  if (n !== undefined) return { of: [n], says: written };
  const { record } = index.run;
  const seconds = secondsOf(written, record);
  if (seconds === undefined) throw unknown(index, written);
  const { sounds, by } = soundingAt(index, toSamples(seconds, record.sampleRate));
  const says = by === 'recorders' ? 'what sounded' : 'any sound (no recorder is known)';
  if (sounds.length > 0) return { of: sounds, says: `${says} at ${clockLabel(seconds)}` };
  const { sampleRate } = record;
  const end = index.family.size === 0 ? 0 : index.family.time(index.family.size - 1) / sampleRate;
  throw new UserError({
    what: 'nothing sounded then',
    where: clockLabel(seconds),
    allowed: `a time at which something sounds; the last was said at ${clockLabel(end)}`,
  });
}

/** The envelope of an id; a UserError when nobody said it. */
export function envelopeOf(index: RunIndex, id: string): Asked {
  const n = index.find(id);
  if (n === undefined) throw unknown(index, id);
  return { of: [n], says: id };
}

/**
 * Seconds of logical time from `12.5`, `2min`, `2:03.5`, `1:02:03.5`, or a wall time in ISO 8601
 * for a run on the real clock; undefined for what is none of these.
 */
export function secondsOf(written: string, record: RunRecord): number | undefined {
  const plain = parseDuration(written);
  if (plain !== undefined) return plain;
  const clock = /^(?:(\d+):)?(\d+):([0-5]\d(?:\.\d+)?)$/.exec(written);
  if (clock !== null) {
    const [, hours = '0', minutes, seconds] = clock;
    return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  }
  if (!/^\d{4}-\d\d-\d\dT/.test(written)) return undefined;
  return wallSeconds(written, record);
}

function wallSeconds(written: string, { clock, startedAt }: RunRecord): number | undefined {
  const time = Date.parse(written);
  if (Number.isNaN(time)) return undefined;
  const what = 'this run was computed faster than it sounds: it has no wall time';
  if (clock !== 'real') throw new UserError({ what, where: written, allowed: WRITTEN });
  const seconds = (time - Date.parse(startedAt)) / 1000;
  if (seconds >= 0) return seconds;
  throw new UserError({ what: `the run began later, at ${startedAt}`, where: written });
}

function unknown(index: RunIndex, written: string): UserError {
  const agent = written.slice(0, written.lastIndexOf('.'));
  const said = saidBy(index, agent);
  const what = said > 0 ? `${agent} said ${said} envelopes, not this one` : 'nobody said this';
  return new UserError({ what, where: written, allowed: WRITTEN });
}

function saidBy(index: RunIndex, agent: string): number {
  let said = 0;
  for (let n = 0; n < index.family.size; n++) if (index.port(n).agent === agent) said++;
  return said;
}
