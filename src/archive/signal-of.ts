import type { Audio, SignalKind, SignalMap } from '../core/index.js';
import { UserError } from '../core/index.js';
import type { SaidRecord } from './canonical.js';

interface Form {
  readonly sampleRate?: number;
  readonly channels?: number;
  readonly samples?: number;
  readonly rows?: number;
  readonly columns?: number;
  readonly hopLength?: number;
  readonly names?: string;
}

/** The signal of a journal record, from the bytes that stand behind its hash (`signalBytes`). */
export function signalOf(record: SaidRecord, bytes: Uint8Array): SignalMap[SignalKind] {
  if (record.carries === 'control' || record.carries === 'matches') {
    return record.form as SignalMap['control'] | SignalMap['matches'];
  }
  const form = record.form as Form;
  const data = floatsOf(bytes);
  const { rows = 0, columns = 0, hopLength, sampleRate } = form;
  const length =
    record.carries === 'audio' ? (form.channels ?? 0) * (form.samples ?? 0) : rows * columns;
  if (length !== data.length) {
    throw new UserError({ what: `${data.length} numbers do not fill ${record.id}, of ${length}` });
  }
  if (record.carries === 'audio') return soundOf(form, data);
  const framed = hopLength === undefined ? {} : { hopLength, sampleRate: sampleRate as number };
  const names = record.carries === 'descriptors' ? { names: namesOf(form) } : {};
  return { rows, columns, data, ...framed, ...names };
}

function namesOf({ names }: Form): readonly string[] {
  return names === undefined || names === '' ? [] : names.split(' ');
}

function soundOf({ sampleRate = 0, channels = 0, samples = 0 }: Form, data: Float32Array): Audio {
  const of = (c: number): Float32Array => data.subarray(c * samples, (c + 1) * samples);
  return { sampleRate, channels: Array.from({ length: channels }, (_, c) => of(c)) };
}

/** A copy, because the bytes of a file need not lie where floats may. */
function floatsOf(bytes: Uint8Array): Float32Array {
  return new Float32Array(new Uint8Array(bytes).buffer);
}
