import { z } from 'zod';
import { port } from '../../core/index.js';
import { openCast } from '../cast/cast-model.js';
import type { Context, Emission, Step } from '../kind.js';
import { defineAgent } from '../kind.js';
import { role } from '../params.js';
import { scrubMel } from '../vocoding/mel-heard.js';
import { tamed } from '../vocoding/tamed.js';
import { type Voice, griffinLimVoice, networkVoice } from '../vocoding/voice.js';

const params = z.object({
  model: role('the role of a mel-GAN or HiFi-GAN run; without one, Griffin–Lim').optional(),
  mode: z
    .enum(['corrected', 'faithful'])
    .default('corrected')
    .describe('corrected: HiFi-GAN hears the mel it was trained on; faithful: the mel as it is'),
  iterations: z.number().int().min(1).max(500).default(32).describe('rounds of Griffin–Lim'),
});

const outputs = {
  audio: port.audio('the sound of the mel, one hop of samples per frame'),
  notes: port.control(
    '`scrubbed`: values that were no numbers; `gain`: of a sound over full scale',
  ),
};

type Outputs = typeof outputs;

/** Turns mel-spectrograms into sound. */
export const vocoder = defineAgent({
  kind: 'vocoder',
  summary: 'Turns mel-spectrograms into sound: mel-GAN, HiFi-GAN, or Griffin–Lim.',
  isolation: 'process',
  roles: { model: { families: ['mel-gan', 'hifi-gan', 'vocoder'], optional: true } },
  params,
  inputs: { mel: port.mel('a log10 mel-spectrogram') },
  outputs,

  start: openVoice,

  async receive(state, message, { random }): Promise<Step<Voice, Outputs>> {
    if (message.port === 'tick' || message.signal.columns === 0) return { state, emit: [] };
    const heard = scrubMel(message.signal);
    const said = tamed(await state.say(heard.mel, random));
    const audio: Emission<Outputs> = { port: 'audio', signal: said.audio };
    const scrubbed = heard.scrubbed + said.scrubbed;
    return {
      state,
      emit: [audio, ...note('scrubbed', scrubbed, 0), ...note('gain', said.gain, 1)],
    };
  },

  stop: (state) => state.close(),
});

async function openVoice(context: Context<z.output<typeof params>>): Promise<Voice> {
  const { model: named, mode, iterations } = context.params;
  if (named === undefined) return griffinLimVoice(iterations);
  const { run, model } = await openCast(context, 'model', 'vocoder');
  return networkVoice(run, model, mode === 'corrected');
}

function note(name: string, value: number, usual: number): readonly Emission<Outputs>[] {
  return value === usual ? [] : [{ port: 'notes', signal: { name, value } }];
}
