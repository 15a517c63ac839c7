import { expect } from 'vitest';
import { z } from 'zod';
import { type AnyAgentKind, defineAgent, seconds } from '../../../src/agents/index.js';
import type { Audio } from '../../../src/core/index.js';
import { port } from '../../../src/core/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import type { RunOptions } from '../../../src/swarm/index.js';
import {
  type Alert,
  type State,
  type TelemetryRecord,
  lineOf,
  parseRecord,
} from '../../../src/telemetry/index.js';
import { play } from '../play.js';

/** Says a tone now and then: always the same one, or one by chance. */
export const singer = defineAgent({
  kind: 'singer',
  summary: 'says tones',
  params: z.object({
    every: seconds().default(1),
    count: z.number().optional(),
    lasts: seconds().default(0.5),
    level: z.number().default(0.1),
    varied: z.boolean().default(false),
  }),
  inputs: {},
  outputs: { audio: port.audio('a tone') },
  ticks: ({ every, count }) => {
    return { everySeconds: every, ...(count === undefined ? {} : { count }) };
  },
  start: () => 0,
  receive(said: number, _, { params, sampleRate, random }) {
    const { lasts, level, varied } = params;
    const hertz = varied ? 30 + 400 * random.next() : 100;
    const samples = Float32Array.from({ length: Math.round(lasts * sampleRate) }, (_, n) => {
      return level * Math.sin((2 * Math.PI * hertz * n) / sampleRate);
    });
    const emit = [{ port: 'audio', signal: { sampleRate, channels: [samples] } } as const];
    return { state: said + 1, emit };
  },
});

/** A singer that could hear too: what it says is the swarm's own, and not from outside. */
export const hummer: AnyAgentKind = {
  ...singer,
  kind: 'hummer',
  inputs: { audio: port.audio('nothing') },
};

/** Says what it hears; after `deaf` sounds it hears no more. */
export const echo = defineAgent({
  kind: 'echo',
  summary: 'says what it hears',
  params: z.object({ deaf: z.number().default(1e9), fails: z.boolean().default(false) }),
  inputs: { audio: port.audio('a sound') },
  outputs: { audio: port.audio('the same sound') },
  start: () => 0,
  receive(heard: number, message, { params }) {
    if (params.fails) throw new Error('cannot');
    const signal = message.signal as Audio;
    const emit = heard >= params.deaf ? [] : [{ port: 'audio', signal } as const];
    return { state: heard + 1, emit };
  },
});

/** What a run told its watchers, by type, and what the run was. */
export interface Watched {
  readonly records: readonly TelemetryRecord[];
  readonly alerts: readonly Alert[];
  readonly last: State;
  readonly run: Awaited<ReturnType<typeof play>>;
}

/** Plays a scenario before an observer. Every record must be what the contract says. */
export async function watched(
  piece: Scenario,
  options: Partial<RunOptions> = {},
): Promise<Watched> {
  const records: TelemetryRecord[] = [];
  const telemetry = (record: TelemetryRecord): void => void records.push(record);
  const run = await play(piece, { ...options, telemetry });
  expect(records.map((record) => parseRecord(lineOf(record)))).toEqual(records);
  const last = of(records, 'state').at(-1) as State;
  return { records, alerts: of(records, 'alert'), last, run };
}

/** The records of one type. */
export function of<T extends TelemetryRecord['type']>(
  records: readonly TelemetryRecord[],
  type: T,
): Extract<TelemetryRecord, { type: T }>[] {
  return records.filter((record) => record.type === type) as Extract<
    TelemetryRecord,
    { type: T }
  >[];
}
