import { z } from 'zod';
import type { Audio } from '../../core/index.js';
import { port } from '../../core/index.js';
import { analyse } from '../descriptor/analysis.js';
import type { Step } from '../kind.js';
import { defineAgent } from '../kind.js';

const params = z.object({
  set: z
    .enum(['mfcc39', 'simple', 'meyda'])
    .default('mfcc39')
    .describe(
      'mfcc39: what sequencers speak; simple: centroid, flatness, rolloff, f0, rms; meyda: live',
    ),
  hop: z.number().int().min(64).max(65_536).default(1024).describe('samples between frames'),
});

/** The ear: says in numbers what it hears. */
export const descriptor = defineAgent({
  kind: 'descriptor',
  summary: 'Describes what it hears, frame by frame: 39 MFCCs, five simple descriptors, or Meyda.',
  params,
  inputs: { audio: port.audio('any sound; a sound without samples is not answered') },
  outputs: {
    descriptors: port.descriptors('one row per hop, [frames, 39], [frames, 5] or [frames, 22]'),
  },

  start: (): null => null,

  async receive(state, message, { params, sampleRate }): Promise<Step<null, Outputs>> {
    if (message.port === 'tick') return { state, emit: [] };
    const audio: Audio = message.signal;
    const described = await analyse(audio, { set: params.set, hopLength: params.hop, sampleRate });
    if (described === undefined) return { state, emit: [] };
    return { state, emit: [{ port: 'descriptors', signal: described }] };
  },
});

type Outputs = { readonly descriptors: ReturnType<typeof port.descriptors> };
