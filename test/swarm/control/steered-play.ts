import type { JournalRecord, SaidRecord } from '../../../src/archive/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import type { ControlAnswer, RunOptions, Steer, Summary } from '../../../src/swarm/index.js';
import type { ControlRequest } from '../../../src/telemetry/index.js';
import { play } from '../play.js';

/** A control that is asked for once so many envelopes have been said. */
export interface Cue {
  readonly after: number;
  readonly control: ControlRequest;
}

/** A run and what was answered to those who steered it, in the order asked. */
export interface SteeredRun {
  readonly summary: Summary;
  readonly records: JournalRecord[];
  readonly audio: string[];
  readonly answers: ControlAnswer[];
}

/** Plays a scenario while asking for controls; with `endless` until the last one is answered. */
export async function steered(
  piece: Scenario,
  cues: readonly Cue[],
  options: Partial<RunOptions> & { readonly endless?: boolean } = {},
): Promise<SteeredRun> {
  const { endless, ...rest } = options;
  const answered = new AbortController();
  const end = endless ? { signal: answered.signal } : {};
  const waiting = cues.toSorted((a, b) => a.after - b.after);
  const asked: Promise<ControlAnswer>[] = [];
  let steer: Steer | undefined;
  let said = 0;
  const ask = (): void => {
    while (steer && waiting[0] !== undefined && waiting[0].after <= said) {
      asked.push(steer((waiting.shift() as Cue).control));
      if (waiting.length === 0) void Promise.all(asked).then(() => answered.abort());
    }
  };
  const controls = (given: Steer): void => {
    steer = given;
    ask();
  };
  const onEvent: RunOptions['onEvent'] = (event) => {
    options.onEvent?.(event);
    if (event.type !== 'said') return;
    said++;
    ask();
  };
  const run = await play(piece, { ...rest, ...end, controls, onEvent });
  return { ...run, answers: await Promise.all(asked) };
}

/** The envelopes of a journal that left a port, such as `a.out`. */
export function saidBy(records: readonly JournalRecord[], from: string): SaidRecord[] {
  return records.filter((record) => record.type === 'said' && record.from === from) as SaidRecord[];
}
