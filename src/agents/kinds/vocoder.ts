import { z } from 'zod';
import { port } from '../../core/index.js';
import { openCast } from '../cast/cast-model.js';
import { type Played, madeBy, parentsWith, refuseOffered, takeOver } from '../cast/take-over.js';
import type { Emission, Step } from '../kind.js';
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
    '`scrubbed`: values that were no numbers; `gain`: of a sound over full scale; ' +
      '`generation`, `refused`: what became of an offer',
  ),
};

type Params = z.output<typeof params>;
type Outputs = typeof outputs;

interface State {
  readonly voice: Voice;
  /** The weights behind the voice; Griffin–Lim has none. */
  readonly played?: Played;
}

/** Turns mel-spectrograms into sound. */
export const vocoder = defineAgent({
  kind: 'vocoder',
  summary: 'Turns mel-spectrograms into sound: mel-GAN, HiFi-GAN, or Griffin–Lim.',
  isolation: 'process',
  roles: { model: { families: ['mel-gan', 'hifi-gan', 'vocoder'], optional: true } },
  params,
  inputs: {
    mel: port.mel('a log10 mel-spectrogram'),
    model: port.control('offers of an apprentice: weights to play from the next answer on'),
  },
  outputs,

  async start(context): Promise<State> {
    if (context.params.model === undefined) {
      return { voice: griffinLimVoice(context.params.iterations) };
    }
    const played = await openCast(context, 'model', 'vocoder');
    return { voice: voiceOf(played, context.params), played };
  },

  save({ played }): null {
    refuseOffered(played);
    return null;
  },

  restore: (fresh): State => fresh,

  async receive(state, message, context): Promise<Step<State, Outputs>> {
    if (message.port === 'model') {
      const { note: signal, played } = await takeOver(message, state.played, context);
      const next = played && { voice: voiceOf(played, context.params), played };
      const emit: Emission<Outputs>[] = [{ port: 'notes', signal }];
      return { state: next ?? state, emit: madeBy(next?.played ?? state.played ?? {}, emit) };
    }
    if (message.port === 'tick' || message.signal.columns === 0) return { state, emit: [] };
    const heard = scrubMel(message.signal);
    const said = tamed(await state.voice.say(heard.mel, context.random));
    const parents = parentsWith(state.played ?? {}, [message]);
    const audio: Emission<Outputs> = { port: 'audio', signal: said.audio, parents };
    const scrubbed = heard.scrubbed + said.scrubbed;
    const emit = [audio, ...note('scrubbed', scrubbed, 0), ...note('gain', said.gain, 1)];
    return { state: cited(state), emit: madeBy(state.played ?? {}, emit) };
  },

  stop: ({ voice }) => voice.close(),
});

function voiceOf({ run, model }: Played, { mode }: Params): Voice {
  return networkVoice(run, model, mode === 'corrected');
}

/** The state after an answer, which cited the offer that its weights came with. */
function cited({ voice, played }: State): State {
  if (played === undefined) return { voice };
  const { offer: _, ...rest } = played;
  return { voice, played: rest };
}

function note(name: string, value: number, usual: number): readonly Emission<Outputs>[] {
  return value === usual ? [] : [{ port: 'notes', signal: { name, value } }];
}
