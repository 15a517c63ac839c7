import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { port } from '../../core/index.js';
import { WAV_FORMATS, fromDb, type WavFormat } from '../../audio/index.js';
import { Recording, type RecordingMemory } from '../recorder/recording.js';
import type { Context, Step } from '../kind.js';
import { defineAgent } from '../kind.js';

const params = z.object({
  format: z
    .union([z.enum(WAV_FORMATS as ['16', '24', '32f']), z.literal(16), z.literal(24)])
    .transform((format) => String(format) as WavFormat)
    .default('24')
    .describe('16 or 24 bit, or 32f for floats'),
  channels: z.number().int().min(1).max(64).default(1).describe('channels of the file'),
  ceilingDb: z.number().min(-60).max(0).default(-1).describe('no true peak passes this, in dBTP'),
  gainDb: z.number().min(-60).max(24).default(0).describe('gain before the limiter'),
  loudness: z
    .number()
    .min(-60)
    .max(-5)
    .optional()
    .describe('LUFS that a slow gain aims at: 0.5 dB a second, 12 dB in all; none unless given'),
});

/** The end of the line: a file that is whole at every moment. */
export const recorder = defineAgent({
  kind: 'recorder',
  summary:
    'Mixes all it hears as it hears it into audio/<its name>.wav, under a true-peak ceiling.',
  params,
  inputs: { audio: port.audio('any sound, placed at the moment it is heard') },
  outputs: {},

  // What has sounded is on disk within a second, also while nothing new is heard.
  ticks: () => ({ everySeconds: 1, offsetSeconds: 1 }),

  start(context): Recording {
    const { sampleRate, now, params } = context;
    const { channels, format, ceilingDb, loudness: loudnessLufs } = params;
    const options = { sampleRate, channels, format, ceilingDb, loudnessLufs, startSample: now };
    return new Recording(freePath(context), options);
  },

  async receive(recording, message, { now, params }): Promise<Step<Recording, Outputs>> {
    if (message.port === 'audio') {
      await recording.add(now, message.signal, fromDb(params.gainDb));
    }
    recording.advance(now);
    return { state: recording, emit: [] };
  },

  save: (recording): RecordingMemory => recording.memory(),

  restore(recording, saved): Recording {
    recording.recall(saved as RecordingMemory);
    return recording;
  },

  stop(recording, { now }): void {
    recording.finish(now);
  },
});

type Outputs = Record<never, never>;

/** A recorder that starts again after an error goes on in a second file: it never overwrites. */
function freePath({ outputFolder, self }: Pick<Context<unknown>, 'outputFolder' | 'self'>): string {
  const folder = join(outputFolder, 'audio');
  mkdirSync(folder, { recursive: true });
  // An agent of a nested scenario is called `room/out`; its file lies beside the others.
  const name = self.replaceAll('/', '-');
  let path = join(folder, `${name}.wav`);
  for (let part = 2; existsSync(path); part++) path = join(folder, `${name}.${part}.wav`);
  return path;
}
