import { z } from 'zod';
import type { Audio } from '../../core/index.js';
import { port } from '../../core/index.js';
import { Limiter, blockDc, dcBlock, scrub } from '../../audio/index.js';
import type { Step } from '../kind.js';
import { defineAgent } from '../kind.js';

const params = z.object({
  ceilingDb: z.number().min(-60).max(0).default(-1).describe('no sample passes this, in dBFS'),
  dcHz: z
    .number()
    .min(0)
    .max(200)
    .default(10)
    .describe('what is slower than this is taken out; 0 leaves it'),
});

/** What a loop needs to stay alive: sound that is finite, centred and under a ceiling. */
export const guard = defineAgent({
  kind: 'guard',
  summary: 'Fades out numbers that are none, takes out DC and keeps sound under a ceiling.',
  params,
  inputs: { audio: port.audio('any sound, each message a sound of its own') },
  outputs: { audio: port.audio('the same sound, as long and as late, safe to go round again') },

  start: (): null => null,

  receive(state, message, { params }): Step<null, Outputs> {
    if (message.port === 'tick') return { state, emit: [] };
    return { state, emit: [{ port: 'audio', signal: guarded(message.signal, params) }] };
  },
});

type Outputs = { readonly audio: ReturnType<typeof port.audio> };

function guarded(audio: Audio, { ceilingDb, dcHz }: z.output<typeof params>): Audio {
  const { sampleRate } = audio;
  const clean = audio.channels.map((channel) => {
    const samples = scrub(channel).samples.slice();
    if (dcHz > 0) blockDc(samples, dcBlock(), sampleRate, dcHz);
    return samples;
  });
  const limiter = new Limiter({ sampleRate, channels: clean.length, ceilingDb });
  const [early, late] = [limiter.process(clean), limiter.flush()];
  const channels = early.map((channel, c) => joined(channel, late[c]!, limiter.latencySamples));
  return { sampleRate, channels };
}

/** The limiter's output without its delay. */
function joined(early: Float32Array, late: Float32Array, delay: number): Float32Array {
  const both = new Float32Array(early.length + late.length);
  both.set(early);
  both.set(late, early.length);
  return both.slice(delay);
}
