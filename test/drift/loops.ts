import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type Heard, defineAgent } from '../../src/agents/index.js';
import { openRun } from '../../src/archive/index.js';
import { type Audio, type Random, port } from '../../src/core/index.js';
import { type BiasCurves, type BiasOptions, biasCurves } from '../../src/drift/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import type { Link } from '../../src/topologies/index.js';
import { type Casting } from '../../src/scenarios/index.js';
import { scenario } from '../swarm/play.js';

/** Hertz: a quarter of what sounds have, for speed. */
export const SAMPLE_RATE = 11_025;

/** A second of noise of a colour of its own: through one resonance, drawn by chance. */
export function colouredNoise(random: Random, samples: number): Audio {
  const angle = Math.PI * (0.02 + 0.6 * random.next());
  const radius = 0.6 + 0.35 * random.next();
  const [a, b] = [2 * radius * Math.cos(angle), -radius * radius];
  const out = new Float32Array(samples);
  for (let n = 0; n < samples; n++) {
    const before = a * (out[n - 1] ?? 0) + b * (out[n - 2] ?? 0);
    out[n] = before + 0.02 * random.normal();
  }
  return { sampleRate: SAMPLE_RATE, channels: [out] };
}

/** White noise. */
export function whiteNoise(random: Random, samples: number): Audio {
  const noise = Float32Array.from({ length: samples }, () => 0.1 * random.normal());
  return { sampleRate: SAMPLE_RATE, channels: [noise] };
}

/** Says so many seconds of noise every second; with `corpus`, as pieces of a recording. */
export const source = defineAgent({
  kind: 'source',
  summary: 'says noise',
  params: z.object({
    count: z.number(),
    colour: z.enum(['own', 'white']).default('own'),
    corpus: z.boolean().default(false),
    seconds: z.number().default(1),
  }),
  inputs: {},
  outputs: { out: port.audio('noise') },
  ticks: ({ count }) => ({ everySeconds: 1, count }),
  start: () => 0,
  receive(said: number, _, { params, random }) {
    const make = params.colour === 'white' ? whiteNoise : colouredNoise;
    const signal = make(random, Math.round(params.seconds * SAMPLE_RATE));
    const origins = params.corpus ? { origins: [{ file: 'noise.wav', sample: said }] } : {};
    return { state: said + 1, emit: [{ port: 'out', signal, ...origins }] };
  },
});

/** Says what it hears, through a one-pole low-pass y[n] = (1 − a)·x[n] + a·y[n − 1]. */
export const passer = defineAgent({
  kind: 'passer',
  summary: 'passes sound on',
  params: z.object({ pole: z.number().default(0) }),
  inputs: { in: port.audio('sound') },
  outputs: { out: port.audio('it again') },
  start: () => undefined,
  receive(state, message, { params: { pole } }) {
    if (message.port === 'tick') return { state, emit: [] };
    const heard = (message.signal as Audio).channels[0] as Float32Array;
    let y = 0;
    const said = heard.map((x) => (y = (1 - pole) * x + pole * y));
    const signal = { sampleRate: SAMPLE_RATE, channels: [said] };
    return { state, emit: [{ port: 'out', signal }] };
  },
});

interface Memory {
  readonly own: readonly Heard<'audio'>[];
  readonly fresh: readonly Heard<'audio'>[];
}

/**
 * Remembers the five sounds it heard last and says one of them again every second, or, for a share
 * of the time, the newest that came from outside: a population of five without mutation, whose
 * variety dies by chance alone (Wright 1931), and immigrants.
 */
export const parrot = defineAgent({
  kind: 'parrot',
  summary: 'says again what it heard',
  params: z.object({ fresh: z.number() }),
  inputs: { own: port.audio('itself'), fresh: port.audio('what is new') },
  outputs: { out: port.audio('one of them') },
  ticks: () => ({ everySeconds: 1, offsetSeconds: 5.5 }),
  start: (): Memory => ({ own: [], fresh: [] }),
  receive(memory: Memory, message, { params, random }) {
    if (message.port !== 'tick') {
      const heard = { id: message.id, lap: message.lap, signal: message.signal };
      const first = message.port === 'fresh' && memory.own.length < 5;
      const own = message.port === 'own' || first ? [...memory.own, heard].slice(-5) : memory.own;
      const fresh = message.port === 'fresh' ? [heard] : memory.fresh;
      return { state: { own, fresh }, emit: [] };
    }
    const among = random.next() < params.fresh ? memory.fresh : memory.own;
    const { id, lap, signal } = random.pick(among);
    return { state: memory, emit: [{ port: 'out', signal, parents: [{ id, lap }] }] };
  },
});

/** Plays a loop on the virtual clock for so many seconds and measures its curves. */
export async function curvesOf(
  cast: readonly Casting[],
  links: readonly Link[],
  { seconds, seed = 7, ...options }: BiasOptions & { seconds: number; seed?: number },
): Promise<BiasCurves> {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-drift-'));
  try {
    const piece = { ...scenario(cast, links, { seed }), sampleRate: SAMPLE_RATE };
    const outFolder = join(home, 'run');
    await runSwarm({ ...piece, durationSeconds: seconds }, { outFolder });
    return await biasCurves(openRun(outFolder), options);
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}
