import type { KinNode, Kinship, Relative, RunIndex } from '../../archive/index.js';
import { clockLabel, relativeOf } from '../../archive/index.js';
import { type Ink, harmless } from './ink.js';

interface Row {
  readonly node: KinNode;
  /** The lines that lead to it: `│  ├─ `. */
  readonly trunk: string;
}

/**
 * Trees of kin as lines of text: time, lap and length in columns of their own, then the tree, so
 * that a deep one stays readable. `~` marks who was heard across a returning link, `↑` and `↓`
 * who unfolds above or below, `…` who has more kin than is shown.
 */
export function treeText(
  index: RunIndex,
  kinship: Kinship,
  roots: readonly KinNode[],
  ink: Ink,
): readonly string[] {
  const rows = roots.flatMap((root) => rowsOf(root, '', ''));
  const places = new Map<number, number>();
  for (const [i, { node }] of rows.entries()) if (!node.again) places.set(node.n, i);
  const heading = ink.dim(`${'time'.padStart(9)}  lap   length`);
  return [
    heading,
    ...rows.map(({ node, trunk }, i) => {
      const tree = ink.dim(trunk);
      if (node.n < 0)
        return `${' '.repeat(24)}${tree}${harmless(node.id)}  ${ink.alarm('never said')}`;
      const relative = relativeOf(index, node.n);
      const columns = ink.dim(columnsOf(relative, index.run.record.sampleRate));
      if (node.again) {
        const arrow = (places.get(node.n) ?? i) < i ? '↑' : '↓';
        return `${columns}${tree}${ink.dim(`${nameOf(node)} ${arrow}`)}`;
      }
      const name = ink.lap(nameOf(node), relative.lap, kinship.lapMax);
      const more = node.more ? ink.dim(' …') : '';
      return `${columns}${tree}${name}  ${ink.dim(aboutOf(relative, index))}${more}`.trimEnd();
    }),
  ];
}

function rowsOf(node: KinNode, trunk: string, branch: string): readonly Row[] {
  return [
    { node, trunk: trunk.slice(0, trunk.length - branch.length) + branch },
    ...node.children.flatMap((child, i) => {
      const last = i === node.children.length - 1;
      const own = last ? '└─ ' : '├─ ';
      const under = branch === '' ? trunk : trunk.slice(0, -3) + (branch === '├─ ' ? '│  ' : '   ');
      return rowsOf(child, under + own, own);
    }),
  ];
}

function nameOf({ id, returned }: KinNode): string {
  return `${returned ? '~ ' : ''}${harmless(id)}`;
}

function columnsOf({ time, lap, lengthSamples }: Relative, sampleRate: number): string {
  const at = clockLabel(time / sampleRate).padStart(9);
  const length = lengthSamples > 0 ? `${(lengthSamples / sampleRate).toFixed(2)} s` : '';
  return `${at}  ${String(lap).padStart(3)}  ${length.padStart(7)} `;
}

function aboutOf(relative: Relative, index: RunIndex): string {
  const { agent, kind, port, models, origins } = relative;
  const { sampleRate } = index.run.record;
  return [
    kind === undefined || kind === agent ? '' : kind,
    port,
    ...models.map(({ run, hash }) => `model ${run} ${hash.slice(0, 8)}`),
    ...origins.map(({ file, sample }) => `from ${file} at ${clockLabel(sample / sampleRate)}`),
  ]
    .filter((word) => word !== '')
    .map(harmless)
    .join(', ');
}
