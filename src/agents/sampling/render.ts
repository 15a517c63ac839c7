import { concatenateUnits, fadeEnds } from '../../audio/index.js';
import type { Samples } from '../../core/index.js';
import type { Unit } from './segment.js';

/**
 * Plays units one after another, each one hop per frame: joined with a crossfade, but uncut where
 * one follows the other in the recording. Past a recording's ends is silence, so that time stays
 * right.
 */
export function renderUnits(units: readonly Unit[], crossfadeSamples: Samples): Float32Array {
  const half = Math.floor(crossfadeSamples / 2);
  const stretches = uncut(units);
  const last = stretches.length - 1;
  const slices = stretches.map((stretch, i) =>
    slice(stretch, { before: i === 0 ? 0 : half, after: i === last ? 0 : half }),
  );
  const samples = concatenateUnits(slices, { crossfadeSamples: 2 * half });
  fadeEnds(samples, half);
  return samples;
}

/** Units that follow each other in one recording become one. */
function uncut(units: readonly Unit[]): Unit[] {
  const stretches: Unit[] = [];
  for (const unit of units) {
    const last = stretches.at(-1);
    const follows = last?.segment === unit.segment && last.frame + last.length === unit.frame;
    if (last === undefined || !follows) stretches.push(unit);
    else stretches[stretches.length - 1] = { ...last, length: last.length + unit.length };
  }
  return stretches;
}

function slice(
  { segment, frame, length }: Unit,
  { before, after }: { readonly before: Samples; readonly after: Samples },
): Float32Array {
  const hop = segment.frames.hopLength;
  const start = Math.round((frame - 0.5) * hop) - before;
  const cut = new Float32Array(before + length * hop + after);
  const from = Math.max(0, start);
  cut.set(segment.samples.subarray(from, start + cut.length), from - start);
  return cut;
}
