import { MEL_BANDS, griffinLim } from '../../audio/index.js';
import type { Audio, Mel, Random } from '../../core/index.js';
import { type Model, type RunRecord, binsOf } from '../../models/index.js';
import { framesOfMel, toHifiMel, withBins } from './mel-heard.js';

/** What turns a mel into sound, a piece at a time. */
export interface Voice {
  /** The sound of all frames of a mel, `hop` samples each. */
  say(mel: Mel, random: Random): Promise<Audio>;
  close(): Promise<void>;
}

/** Fewer frames cannot be reflected at their edges. */
const FRAMES_MIN = 4;
/**
 * A longer mel is said in pieces, each with a little of its neighbours as context: memory has a
 * brim.
 */
const PIECE = 4096;
const CONTEXT = 64;

/** The vocoder without a model: Griffin–Lim. */
export function griffinLimVoice(iterations: number): Voice {
  return {
    say: async (mel, random) => griffinLim(withBins(mel, MEL_BANDS), { random, iterations }),
    close: async () => {},
  };
}

/**
 * The voice of a run. `convert` gives HiFi-GAN the mel it was trained on, which the original did
 * not.
 */
export function networkVoice(run: RunRecord, model: Model, convert: boolean): Voice {
  const bins = binsOf(run);
  const ready = (mel: Mel): Mel => {
    const converted = convert && run.logBase === 'e' ? toHifiMel(mel) : mel;
    return withBins(converted, bins);
  };
  return {
    say: async (mel) => {
      const pieces: Float32Array[] = [];
      for (let from = 0; from < mel.columns; from += PIECE) {
        const to = Math.min(mel.columns, from + PIECE);
        pieces.push(await sayPiece(model, ready, mel, { from, to }));
      }
      return { sampleRate: run.sampleRate, channels: [joined(pieces)] };
    },
    close: () => model.close(),
  };
}

async function sayPiece(
  model: Model,
  ready: (mel: Mel) => Mel,
  mel: Mel,
  { from, to }: { readonly from: number; readonly to: number },
): Promise<Float32Array> {
  const start = Math.max(0, from - CONTEXT);
  const end = Math.max(start + FRAMES_MIN, Math.min(mel.columns, to + CONTEXT));
  const piece = ready(framesOfMel(mel, start, end));
  const shape = [1, piece.rows, piece.columns];
  const { audio } = await model.run({ mel: { shape, data: piece.data } });
  const samples = audio?.data ?? new Float32Array();
  const hop = samples.length / piece.columns;
  return samples.slice((from - start) * hop, (to - start) * hop);
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  if (pieces.length === 1) return pieces[0]!;
  const all = new Float32Array(pieces.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
