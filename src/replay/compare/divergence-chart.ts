import { type Plot, type PlotLine, escaped, plotSvg, round } from './plot.js';
import type { Comparison, Divergence, RunCurve } from './compare-runs.js';

const GAP = 28;
const WIDTH = 904;
const HEAD = 72;
const ROW = 22;

/** The dashboard's colours, on a dark ground and on a light one; one hue for each run. */
const STYLE = `
svg { --ground: #121212; --text: #d0d0d0; --dim: #8a8a8a; --line: #303030; --title: #87d7ff;
  --run0: #8a8a8a; --run1: #5fd7d7; --run2: #ffaf5f; --run3: #d7afff; --run4: #87d787;
  --run5: #ff8787; }
@media (prefers-color-scheme: light) {
  svg { --ground: #ffffff; --text: #303030; --dim: #626262; --line: #dadada; --title: #005f87;
    --run0: #767676; --run1: #005f87; --run2: #af5f00; --run3: #8700af; --run4: #3f7f00;
    --run5: #af0000; }
}
.ground { fill: var(--ground); } .text { fill: var(--text); } .dim { fill: var(--dim); }
.title { fill: var(--title); font-weight: bold; } .line { stroke: var(--line); fill: none; }
.entry { stroke: var(--dim); stroke-dasharray: 2 3; fill: none; }
.curve { fill: none; stroke-width: 1.75; stroke-linejoin: round; stroke-linecap: round; }
.area { opacity: 0.16; stroke: none; }
text { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 11px; }`;

/** How far runs go away from the first one over time, as one SVG for dark and light pages. */
export function divergenceChart(comparison: Comparison): string {
  const plots = [shares(comparison), distances(comparison), ...curvePlots(comparison)];
  const legendTop = HEAD + plots.reduce((sum, { height }) => sum + height + GAP, 0) + 6;
  const height = legendTop + comparison.others.length * ROW + 30;
  let top = HEAD;
  const placed = plots.map((plot) => {
    const drawing = `<g transform="translate(${GAP} ${top})">\n${plotSvg(plot)}\n</g>`;
    top += plot.height + GAP;
    return drawing;
  });
  const { original, others } = comparison;
  const count = `${others.length} ${others.length === 1 ? 'run' : 'runs'} beside ${original.run}`;
  const grey = comparison.curves.length === 0 ? '' : '; the first run is grey';
  const stretch = `${comparison.windowSeconds} s${grey}`;
  const name = escaped(original.title);
  const box = `0 0 ${WIDTH} ${round(height)}`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="${box}" role="img">
<title>How runs of ${name} go apart</title>
<style>${STYLE}
</style>
<rect class="ground" width="${WIDTH}" height="${round(height)}" rx="8"/>
<text class="title" x="${GAP}" y="32" style="font-size: 16px">${name}</text>
<text class="dim" x="${GAP}" y="52">${count}, in stretches of ${stretch}</text>
${placed.join('\n')}
${others.map((other, i) => legend(other, i, legendTop + i * ROW, comparison.sampleRate)).join('\n')}
</svg>
`;
}

function shares(comparison: Comparison): Plot {
  const lines = comparison.others.map(({ windows }, i): PlotLine => {
    const points = windows
      .filter(({ said }) => said > 0)
      .map(({ fromSeconds, toSeconds, said, differing }) => {
        return { at: (fromSeconds + toSeconds) / 2, value: (100 * differing) / said };
      });
    return { points, hue: hueOf(i + 1), area: true };
  });
  const title = 'Unlike';
  const says = 'share of envelopes that the other run did not say alike, %';
  return { ...frame(comparison), title, says, lines, most: 100, height: 190 };
}

function distances(comparison: Comparison): Plot {
  const lines = comparison.others.map(({ windows }, i): PlotLine => {
    const points = windows.flatMap(({ fromSeconds, toSeconds, distanceDb }) =>
      distanceDb === undefined ? [] : [{ at: (fromSeconds + toSeconds) / 2, value: distanceDb }],
    );
    return { points, hue: hueOf(i + 1) };
  });
  const title = 'How unlike it sounds';
  const says = 'mean distance of the spectra of sounds of one id, dB';
  return { ...frame(comparison), title, says, lines, least: 0, height: 160 };
}

/** One plot for each measure that every run has, the runs side by side in it. */
function curvePlots(comparison: Comparison): Plot[] {
  const [first = []] = comparison.curves;
  return first.map(({ measure, title, unit }) => {
    const lines = comparison.curves.map((curves, i): PlotLine => {
      const curve = curves.find((one) => one.measure === measure);
      return { points: curve === undefined ? [] : pointsOf(curve), hue: hueOf(i) };
    });
    return { ...frame(comparison), title, says: unit, lines, height: 150 };
  });
}

function pointsOf({ points }: RunCurve): PlotLine['points'] {
  return points.flatMap(({ from, to, estimate }) =>
    'value' in estimate ? [{ at: (from + to) / 2, value: estimate.value }] : [],
  );
}

function frame({
  endSeconds,
  others,
  sampleRate,
}: Comparison): Pick<Plot, 'width' | 'end' | 'marks'> {
  const forks = others.filter(({ from }) => from > 0).map(({ from }) => from / sampleRate);
  return { width: WIDTH - 2 * GAP, end: endSeconds, marks: [...new Set(forks)] };
}

function hueOf(run: number): string {
  return `var(--run${run === 0 ? 0 : ((run - 1) % 5) + 1})`;
}

function legend(other: Divergence, index: number, y: number, sampleRate: number): string {
  const { run, how, seed, madeUnlike, first, from } = other;
  const made = madeUnlike.length === 0 ? '' : `, other ${madeUnlike.join(', ')}`;
  const entry = from > 0 ? ` from ${(from / sampleRate).toFixed(1)} s on` : '';
  const what =
    first === undefined
      ? 'never unlike'
      : `first unlike at ${(first.time / sampleRate).toFixed(3)} s: ${first.id} of ${first.agent}`;
  const text = `${how}${entry}, seed ${seed}${made}: ${what}`;
  return `<g transform="translate(${GAP} ${y + 12})">
<path class="curve" style="stroke: ${hueOf(index + 1)}" d="M0-4H22"/>
<text class="text" x="32" y="0">${run}</text><text class="dim" x="100" y="0">${escaped(text)}</text>
</g>`;
}
