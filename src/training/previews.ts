import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { encodePng, encodeWav, griffinLim, heatMap, stacked } from '../audio/index.js';
import { hifiMel80, logMel80, MEL_HOP } from '../audio/index.js';
import { type Audio, type Mel, seededRandom, tensor } from '../core/index.js';
import type { Matrix, Tensor, Tensors } from '../core/index.js';
import { denormalise, type Dims, openModel, turnInto } from '../models/index.js';
import { normalised } from './corpus/segments.js';
import type { Piece } from './corpus/split.js';
import { framesIn, samplesIn } from './corpus/stretch.js';
import { writeSafely } from './folder/safe-file.js';
import type { Moment } from './folder/stored-run.js';

/** What a moment of a training sounds and looks like. */
export interface Preview {
  readonly picture: Uint8Array;
  readonly audio?: Audio;
}

const SECONDS = 4;
const ROUNDS = 16;

/** Writes `step-<n>.png`, and `step-<n>.wav` where the network sounds, into a folder. */
export async function writePreview(folder: string, moment: Moment, piece: Piece): Promise<void> {
  const { picture, audio } = await PREVIEWS[moment.plan.analysis.of](moment, piece);
  await mkdir(folder, { recursive: true });
  const name = join(folder, `step-${String(moment.state.step).padStart(7, '0')}`);
  await writeSafely(`${name}.png`, picture);
  if (audio) await writeSafely(`${name}.wav`, encodeWav(audio));
}

type Previewer = (moment: Moment, piece: Piece) => Promise<Preview>;

const PREVIEWS: Readonly<Record<Moment['plan']['analysis']['of'], Previewer>> = {
  'mel-and-audio': (moment, piece) => vocoded(moment, piece, logMel80),
  'hifi-mel-and-audio': (moment, piece) => vocoded(moment, piece, hifiMel80),
  'clip-mels': dreamt,
  mfcc39: foretold,
};

/** A recording's mel above the mel of what the vocoder makes of it. */
async function vocoded(
  moment: Moment,
  piece: Piece,
  melOf: (audio: Audio) => Mel,
): Promise<Preview> {
  const { sampleRate } = moment.plan;
  const frames = Math.min(piece.frames, framesOf(moment, SECONDS));
  const mel = new Float32Array(80 * frames);
  turnInto(mel, framesIn(piece, 0, frames), 80);
  const { audio } = await applied(moment, 'vocoder', () => ({
    mel: tensor([1, 80, frames], mel),
  }));
  const recorded = { sampleRate, channels: [samplesIn(piece, 0, frames, MEL_HOP)] };
  const spoken = { sampleRate, channels: [(audio as Tensor).data] };
  const picture = stacked([melOf(recorded), melOf(spoken)].map((one) => heatMap(one)));
  return { picture: encodePng(picture), audio: spoken };
}

/** A recording's mel above one that the generator makes of noise; Griffin-Lim lets it be heard. */
async function dreamt(moment: Moment, piece: Piece): Promise<Preview> {
  const { beginning, plan } = moment;
  const random = seededRandom(beginning.seed, 'preview');
  const { feat } = await applied(moment, 'generator', (inputs) => {
    const [, rows] = inputs['z'] as [number, number, 'any'];
    const { settings } = beginning;
    const factors = 'z_scale_factors' in settings ? settings.z_scale_factors : [];
    const scale = plan.kind === 'una-gan' ? factors.reduce((all, each) => all * each, 1) : 1;
    const columns = Math.ceil(framesOf(moment, SECONDS) / scale);
    const normal = (): number => random.normal();
    return {
      z: tensor([1, rows, columns], Float32Array.from({ length: rows * columns }, normal)),
    };
  });
  const said = denormalise(feat as Tensor, beginning.stats!);
  const columns = said.shape[2]!;
  const { sampleRate, hopLength } = plan;
  const mel: Mel = { rows: 80, columns, data: said.data, hopLength, sampleRate };
  const frames = Math.min(piece.frames, columns);
  const recorded = new Float32Array(80 * frames);
  turnInto(recorded, framesIn(piece, 0, frames), 80);
  const above = heatMap({ rows: 80, columns: frames, data: recorded });
  return {
    picture: encodePng(stacked([above, heatMap(mel)])),
    audio: griffinLim(mel, { random, iterations: ROUNDS }),
  };
}

/** Descriptors as they went on, above how the sequencer goes on from the same beginning. */
async function foretold(moment: Moment, piece: Piece): Promise<Preview> {
  const { beginning, design } = moment;
  const { config } = design.networks['sequencer']!;
  const { window_size: window, forecast_size: ahead } = config as {
    readonly window_size: number;
    readonly forecast_size: number;
  };
  const columns = beginning.stats!.mean.length;
  const frames = Math.min(piece.frames, window);
  const heard = Math.max(1, Math.min(window - ahead, frames - 1));
  const all = normalised(framesIn(piece, 0, frames), beginning.stats!);
  const prime = all.slice(0, heard * columns);
  const { prediction } = await applied(moment, 'sequencer', () => ({
    window: tensor([1, heard, columns], prime),
  }));
  const said = (prediction as Tensor).data;
  const going = Float32Array.from([...prime, ...said]);
  const rows = [all, going].map((one) => heatMap(sideways(one, columns), { across: 4, up: 4 }));
  return { picture: encodePng(stacked(rows)) };
}

function framesOf({ plan }: Moment, seconds: number): number {
  return Math.ceil((seconds * plan.sampleRate) / plan.hopLength);
}

async function applied(
  { training, plan, design, state }: Moment,
  role: keyof Moment['plan']['stored'],
  feeds: (inputs: Readonly<Record<string, Dims>>) => Tensors,
): Promise<Tensors> {
  const inDesign = plan.stored[role] as string;
  const { kind, config } = design.networks[inDesign]!;
  const weights = training.weightsOf(design, state, inDesign);
  const model = await openModel({ kind, config, weights });
  try {
    return await model.run(feeds(model.inputs));
  } finally {
    await model.close();
  }
}

function sideways(frames: Float32Array, columns: number): Matrix {
  const data = new Float32Array(frames.length);
  turnInto(data, frames, columns);
  return { rows: columns, columns: frames.length / columns, data };
}
