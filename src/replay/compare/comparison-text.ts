import { sayDifference } from '../difference.js';
import type { Comparison, Divergence } from './compare-runs.js';

const BLOCKS = '▁▂▃▄▅▆▇█';

/** A comparison as text for a terminal. */
export function comparisonText(comparison: Comparison): string {
  const { original, others } = comparison;
  const head = `${original.title} · ${original.run} · seed ${original.seed}`;
  return [head, ...others.map((other) => divergenceText(other, comparison).join('\n'))].join(
    '\n\n',
  );
}

function divergenceText(other: Divergence, { sampleRate }: Comparison): readonly string[] {
  const { run, how, from, seed, madeUnlike, compared, differing, first } = other;
  const entry = how === 'fork' || how === 'resume' ? `, from ${seconds(from, sampleRate)} on` : '';
  const made = madeUnlike.length === 0 ? '' : ` · other ${madeUnlike.join(', ')}`;
  const head = `${run} · ${how} · seed ${seed}${made}`;
  if (first === undefined)
    return [head, `  the same: ${compared} records alike, none unlike${entry}`];
  const share = ((100 * differing) / Math.max(1, compared)).toFixed(1);
  return [
    head,
    `  ${differing} of ${compared} records differ (${share} %)${entry}`,
    ...sayDifference(first, sampleRate).map((line) => `  ${line}`),
    ...spreadLines(other, sampleRate),
    ...windowLines(other),
  ];
}

function spreadLines({ spread }: Divergence, sampleRate: number): string[] {
  const touched = Object.entries(spread).filter(([, { firstTime }]) => firstTime !== undefined);
  const sorted = touched.toSorted(([, a], [, b]) => (a.firstTime ?? 0) - (b.firstTime ?? 0));
  const names = sorted.map(([id, { firstTime = 0 }]) => `${id} ${seconds(firstTime, sampleRate)}`);
  return [`  spread: ${names.join(' → ')}`];
}

function windowLines({ windows }: Divergence): string[] {
  const shares = windows.map(({ said, differing }) => {
    return said === 0 ? ' ' : block(differing / said);
  });
  const far = windows.map(({ distanceDb = 0 }) => distanceDb);
  const most = Math.max(...far);
  const [first, last] = [windows[0], windows.at(-1)];
  const span = `${first?.fromSeconds ?? 0} s to ${last?.toSeconds ?? 0} s`;
  return [
    `  unlike   ${shares.join('')}  ${span}, 0 to 100 %`,
    ...(most === 0
      ? []
      : [`  distance ${far.map((db) => block(db / most)).join('')}  up to ${most.toFixed(1)} dB`]),
  ];
}

function block(share: number): string {
  return BLOCKS[Math.min(BLOCKS.length - 1, Math.floor(share * BLOCKS.length))] as string;
}

function seconds(time: number, sampleRate: number): string {
  return `${(time / sampleRate).toFixed(3)} s`;
}
