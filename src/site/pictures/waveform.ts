import type { Markup } from '../markup.js';
import { html } from '../markup.js';

const COLUMNS = 900;
const HALF = 40;

/** The outline of a sound as SVG: its highest and lowest sample in each of 900 stretches. */
export function waveform(samples: Float32Array): Markup {
  const columns = Math.min(COLUMNS, Math.max(1, samples.length));
  const [above, below]: [string[], string[]] = [[], []];
  const scale = HALF / Math.max(1e-3, peakOf(samples));
  for (let x = 0; x < columns; x++) {
    const [from, to] = [x, x + 1].map((c) => Math.floor((c * samples.length) / columns));
    const [low, high] = extremes(samples, from as number, to as number);
    above.push(`${x} ${rounded(HALF - high * scale - 0.5)}`);
    below.push(`${x} ${rounded(HALF - low * scale + 0.5)}`);
  }
  const path = `M${above.join('L')}L${below.toReversed().join('L')}Z`;
  return html`<svg class="waveform" viewBox="0 0 ${columns} ${
    2 * HALF
  }" preserveAspectRatio="none" aria-hidden="true"><path d="${path}"/></svg>`;
}

function extremes(samples: Float32Array, from: number, to: number): readonly [number, number] {
  let [low, high] = [0, 0];
  for (let i = from; i < to; i++) {
    low = Math.min(low, samples[i]!);
    high = Math.max(high, samples[i]!);
  }
  return [low, high];
}

function peakOf(samples: Float32Array): number {
  const [low, high] = extremes(samples, 0, samples.length);
  return Math.max(-low, high);
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}
