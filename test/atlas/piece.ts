import { ARCHIVE_POLICY_DEFAULT } from '../../src/archive/index.js';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type AnyAgentKind, defineAgent } from '../../src/agents/index.js';
import { encodeWav } from '../../src/audio/index.js';
import {
  type Audio,
  LIMITS_DEFAULT,
  type Random,
  port,
  seededRandom,
  toSamples,
} from '../../src/core/index.js';
import type { Casting, Scenario } from '../../src/scenarios/index.js';
import { type Link, checkTopology } from '../../src/topologies/index.js';

export const RATE = 8000;

/** A kind that answers each sound with another. */
export function soundKind(
  change: (samples: Float32Array, lap: number, random: Random) => Float32Array,
): AnyAgentKind {
  return defineAgent({
    kind: 'changer',
    summary: 'answers each sound with another',
    params: z.object({}),
    inputs: { audio: port.audio('a sound') },
    outputs: { audio: port.audio('another') },
    start: () => 0,
    receive(count: number, message, { random }) {
      if (message.port === 'tick') return { state: count, emit: [] };
      const { sampleRate, channels } = message.signal;
      const signal: Audio = { sampleRate, channels: [change(channels[0]!, count, random)] };
      return { state: count + 1, emit: [{ port: 'audio' as const, signal }] };
    },
  });
}

export function cast(id: string, kind: AnyAgentKind): Casting {
  return { id, kind, params: kind.params.parse({}), written: {}, runs: {}, isolation: 'inline' };
}

/** A link between audio ports; with a delay in seconds it returns. */
export function wire(from: string, to: string, delay = 0, gain = 1): Link {
  return {
    from: { agent: from, port: 'audio' },
    to: { agent: to, port: 'audio' },
    way: delay > 0 ? 'returns' : 'feeds',
    delaySamples: toSamples(delay, RATE),
    gain,
    every: 1,
    probability: 1,
    laps: 4,
    keep: 'oldest',
  };
}

export function piece(agents: readonly Casting[], links: readonly Link[] = []): Scenario {
  const topology = checkTopology(
    agents.map(({ id, kind: { inputs, outputs } }) => ({ id, inputs, outputs })),
    links,
  );
  if (!topology.ok) throw new Error(JSON.stringify(topology.problems));
  return {
    title: 'Trial <1>',
    file: '/nowhere.yaml',
    text: 'title: Trial\n',
    folder: '/',
    seed: 7,
    clock: 'virtual',
    durationSeconds: 1,
    sampleRate: RATE,
    limits: LIMITS_DEFAULT,
    archive: ARCHIVE_POLICY_DEFAULT,
    supervision: { restarts: 10, windowSeconds: 60, shelveAfter: 2 },
    cast: agents,
    topology: topology.value,
  };
}

/** A folder with one recording: a tone whose level and pitch move. */
export function corpusFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-atlas-corpus-'));
  const random = seededRandom(1, 'corpus');
  const samples = Float32Array.from({ length: 3 * RATE }, (_, i) => {
    const t = i / RATE;
    return 0.4 * Math.sin(2 * Math.PI * (300 + 200 * t) * t) + 0.02 * random.normal();
  });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'tone.wav'), encodeWav({ sampleRate: RATE, channels: [samples] }));
  return folder;
}
