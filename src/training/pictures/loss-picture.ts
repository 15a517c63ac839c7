import type { HistoryLine } from '../folder/history.js';

interface Point {
  readonly step: number;
  readonly value: number;
}

const [WIDTH, HEIGHT, MARGIN] = [720, 320, 48];
const POINTS_MAX = 240;
const LEAST = 1e-6;

/** The first loss of every step, smoothed, and the held-out ones over it, as SVG on a log scale. */
export function lossPicture(history: readonly HistoryLine[], title: string): string {
  const training = smoothed(history.flatMap((line) => pointOf(line.step, line.losses)));
  const heldOut = history.flatMap((line) => pointOf(line.step, line.heldOut));
  const all = [...training, ...heldOut];
  if (all.length === 0) return frame(title, '');
  const logs = all.map(({ value }) => Math.log10(value));
  const [low, high] = [Math.min(...logs), Math.max(...logs)];
  const last = Math.max(...all.map(({ step }) => step));
  const x = (step: number): number => MARGIN + ((WIDTH - 2 * MARGIN) * step) / last;
  const share = (value: number): number => (Math.log10(value) - low) / (high - low || 1);
  const y = (value: number): number => HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share(value);
  const line = (points: readonly Point[], style: string): string => {
    const places = points.map(({ step, value }) => `${x(step).toFixed(1)},${y(value).toFixed(1)}`);
    return `<polyline fill="none" ${style} points="${places.join(' ')}"/>`;
  };
  const axis = [
    label(MARGIN - 6, y(10 ** high), 'end', (10 ** high).toPrecision(3)),
    label(MARGIN - 6, y(10 ** low), 'end', (10 ** low).toPrecision(3)),
    label(WIDTH - MARGIN, HEIGHT - MARGIN + 18, 'end', `step ${last}`),
    label(MARGIN, HEIGHT - 10, 'start', 'loss on a log scale: blue learned from, red held out'),
  ];
  const curves = [
    line(training, 'stroke="#3b6ea8" stroke-width="1.5"'),
    line(heldOut, 'stroke="#b8433c" stroke-width="2"'),
  ];
  return frame(title, [...axis, ...curves].join('\n'));
}

function pointOf(step: number, losses: HistoryLine['losses']): readonly Point[] {
  const [value] = Object.values(losses ?? {});
  return value === undefined ? [] : [{ step, value: Math.max(value, LEAST) }];
}

function smoothed(points: readonly Point[]): readonly Point[] {
  const size = Math.ceil(points.length / POINTS_MAX);
  return Array.from({ length: Math.ceil(points.length / size) }, (_, i) => {
    const part = points.slice(i * size, (i + 1) * size);
    const mean = (of: (point: Point) => number): number =>
      part.reduce((sum, point) => sum + of(point), 0) / part.length;
    return { step: mean(({ step }) => step), value: mean(({ value }) => value) };
  });
}

function label(x: number, y: number, anchor: string, text: string): string {
  return `<text x="${x}" y="${y.toFixed(1)}" text-anchor="${anchor}">${text}</text>`;
}

function frame(title: string, inside: string): string {
  const box = `x="${MARGIN}" y="${MARGIN}" width="${WIDTH - 2 * MARGIN}"`;
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}"
 font-family="sans-serif" font-size="11" fill="#444">
<rect width="${WIDTH}" height="${HEIGHT}" fill="white"/>
<rect ${box} height="${HEIGHT - 2 * MARGIN}" fill="none" stroke="#ccc"/>
<text x="${MARGIN}" y="28" font-size="14">${title}</text>
${inside}
</svg>
`;
}
