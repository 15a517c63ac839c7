import { z } from 'zod';
import { BUILT_IN_KINDS, defineAgent } from '../../../src/agents/index.js';
import { type Random, port, seededRandom, toSamples } from '../../../src/core/index.js';
import type { Casting, Scenario } from '../../../src/scenarios/index.js';
import type { Link } from '../../../src/topologies/index.js';
import { audioLink, casting, link, scenario } from '../../swarm/play.js';

export const RATE = 8000;
/** A block of sixteen frames. */
const BLOCK = 2.048;
const FRAME = 1024;

/** Says a sound every two seconds: some partials of chance, each dying away, over a little hiss. */
export const outside = defineAgent({
  kind: 'outside',
  summary: 'says sounds that are never the same',
  params: z.object({}),
  inputs: {},
  outputs: { audio: port.audio('a sound of two seconds') },
  ticks: () => ({ everySeconds: 2 }),
  start: () => null,
  receive: (state, _tick, { random, sampleRate }) => ({
    state,
    emit: [
      {
        port: 'audio',
        signal: { sampleRate, channels: [struck(random, toSamples(2, sampleRate))] },
      },
    ],
  }),
});

const chance = seededRandom(1);
const HISS = Float32Array.from({ length: 4 * RATE }, () => 0.007 * (chance.next() - 0.5));

function struck(random: Random, length: number): Float32Array {
  const hiss = random.below(HISS.length - length);
  const samples = HISS.slice(hiss, hiss + length);
  for (let n = 0; n < 12; n++) ring(samples, random);
  return samples;
}

/** A partial as a resonance that was struck: y(n) = 2r·cos(ω)·y(n−1) − r²·y(n−2). */
function ring(samples: Float32Array, random: Random): void {
  const from = random.below(samples.length / 2);
  const step = 2 * Math.PI * (0.005 + 0.4 * random.next() ** 2);
  const level = 0.2 * random.next();
  const r = Math.exp(-(1 + 20 * random.next()) / samples.length);
  let [y1, y2] = [level * Math.sin(step), 0];
  const [a, b] = [2 * r * Math.cos(step), r * r];
  for (let i = from; i < samples.length; i++) {
    samples[i]! += y1;
    const y = a * y1 - b * y2;
    y2 = y1;
    y1 = y;
  }
}

/** A copy of a copy: each lap loses highs and gains hum, at one level (tape loops do this). */
export const tape = defineAgent({
  kind: 'tape',
  summary: 'plays what it recorded, a little duller and with a little more hum',
  params: z.object({ keep: z.number().default(0.7), hum: z.number().default(0.3) }),
  inputs: { audio: port.audio('any sound') },
  outputs: { audio: port.audio('the same, worn') },
  start: () => null,
  receive(state, message, { params }) {
    if (message.port === 'tick') return { state, emit: [] };
    const { sampleRate, channels } = message.signal;
    const signal = { sampleRate, channels: [worn(channels[0]!, params)] };
    return { state, emit: [{ port: 'audio', signal }] };
  },
});

const LEVEL = 0.1;
/** Samples of one pulse of hum: a whole number of them in a frame, so that hum never changes. */
const HUM = 64;

function worn(samples: Float32Array, { keep, hum }: { keep: number; hum: number }): Float32Array {
  const soft = new Float32Array(samples.length);
  let [last, power] = [0, 0];
  for (let n = 0; n < soft.length; n++) {
    last += keep * (samples[n]! - last);
    soft[n] = last;
    power += last * last;
  }
  const gain = power > 0 ? LEVEL * Math.sqrt(((1 - hum) * soft.length) / power) : 0;
  const pulse = LEVEL * Math.sqrt(hum * HUM);
  for (let n = 0; n < soft.length; n++) soft[n] = soft[n]! * gain + (n % HUM === 0 ? pulse : 0);
  return soft;
}

/** Two loops that wear what goes round them, fed the same from outside; one of them is steered. */
export function wornLoops(seed: number, fresh: number, watch: Record<string, unknown>): Scenario {
  const loops = ['steered', 'left'].map((name) => loop(name, fresh, watch));
  const cast = [casting('outside', {}, outside), ...loops.flatMap((one) => one.cast)];
  const steering = way('steered-keeper', 'control', 'steered-mouth', 'control', 1);
  const links = [...loops.flatMap((one) => one.links), steering];
  const limits = { laps: 1_000_000, archiveBytes: 1 };
  return { ...scenario(cast, links, { seed, limits }), sampleRate: RATE };
}

function loop(
  name: string,
  fresh: number,
  watch: Record<string, unknown>,
): { readonly cast: readonly Casting[]; readonly links: readonly Link[] } {
  const [mouth, wear, keeper] = [`${name}-mouth`, `${name}-tape`, `${name}-keeper`];
  return {
    cast: [
      casting(mouth, { every: BLOCK, fresh }, BUILT_IN_KINDS.get('mixer')!),
      casting(wear, {}, tape),
      casting(keeper, { steer: 'fresh', ...watch }, BUILT_IN_KINDS.get('homeostat')!),
    ],
    links: [
      way('outside', 'audio', mouth, 'fresh'),
      audioLink(mouth, wear),
      audioLink(mouth, keeper),
      audioLink(wear, mouth, { delaySamples: FRAME }),
    ],
  };
}

function way(from: string, out: string, to: string, into: string, delaySamples = 0): Link {
  const ends = { from: { agent: from, port: out }, to: { agent: to, port: into } };
  return link(from, to, { ...ends, delaySamples });
}
