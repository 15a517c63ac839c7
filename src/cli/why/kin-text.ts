import type { ControlRecord, KinNode, Kinship, RunIndex } from '../../archive/index.js';
import { clockLabel } from '../../archive/index.js';
import { columns } from '../output.js';
import type { Asked } from './moment.js';
import { type Ink, harmless } from './ink.js';
import { treeText } from './tree-text.js';

const LISTED = 12;

/** The answer to `why` or `descendants` as a terminal shows it: who, the tree, where it is from. */
export function kinText(
  index: RunIndex,
  asked: Asked,
  kinship: Kinship,
  { roots, ink }: { readonly roots: readonly KinNode[]; readonly ink: Ink },
): string {
  const { title, run } = index.run.record;
  return [
    ink.strong(harmless(`${title}: ${asked.says}`)),
    ink.dim(`run ${run}, ${seedsText(index, kinship)}`),
    sumOf(kinship, ink),
    '',
    ...treeText(index, kinship, roots, ink),
    ...hiddenOf(kinship, roots, ink),
    '',
    columns(sharesOf(index, kinship).map(([name, text]) => [ink.dim(name.padEnd(8)), text])),
  ].join('\n');
}

function seedsText({ run }: RunIndex, { seeds }: Kinship): string {
  const texts = seeds.map(({ seed, from }) => {
    return from === 0 ? `seed ${seed}` : `${seed} from ${clockLabel(from / run.record.sampleRate)}`;
  });
  return texts.join(', ');
}

function sumOf({ side, members, of, sounds, lapMax, missing }: Kinship, ink: Ink): string {
  const kin = members.length - of.length;
  const one = side === 'ancestors' ? 'ancestor' : 'descendant';
  const sum = `${kin} ${one}${kin === 1 ? '' : 's'}, ${sounds} sounds in all, laps up to ${lapMax}`;
  if (side === 'descendants') return sum;
  const named = missing.slice(0, 3).map(harmless).join(', ');
  const open = `; ${missing.length} of them never said here: ${named}`;
  return missing.length === 0 ? `${sum}; nothing is missing` : `${sum}${ink.alarm(open)}`;
}

function hiddenOf({ members }: Kinship, roots: readonly KinNode[], ink: Ink): readonly string[] {
  const shown = new Set<number>();
  const look = ({ n, children }: KinNode): void => {
    if (n >= 0) shown.add(n);
    for (const child of children) look(child);
  };
  for (const root of roots) look(root);
  const hidden = members.length - shown.size;
  return hidden === 0 ? [] : [ink.dim(`… and ${hidden} more: --depth <steps> or --all shows them`)];
}

function sharesOf(
  index: RunIndex,
  { files, models, agents, controls }: Kinship,
): readonly (readonly [string, string])[] {
  const { sampleRate } = index.run.record;
  const at = (sample: number): string => clockLabel(sample / sampleRate);
  const rows = {
    files: files.map(({ file, hash, envelopes, firstSample, lastSample }) => {
      const until = lastSample > firstSample ? ` to ${at(lastSample)}` : '';
      const known = hash === undefined ? '' : `, ${hash.slice(0, 12)}`;
      return `${file} at ${at(firstSample)}${until}${times(envelopes)}${known}`;
    }),
    models: models.map(({ run, hash, envelopes }) => {
      return `${run} ${hash.slice(0, 12)}${times(envelopes)}`;
    }),
    agents: agents.map(({ agent, kind, envelopes }) => {
      const known = kind === undefined || kind === agent ? '' : ` (${kind})`;
      return `${agent}${known}${times(envelopes)}`;
    }),
    controls: controls.map((record) => controlText(record, sampleRate)),
  };
  return Object.entries(rows).flatMap(([name, list]) => listed(name, list));
}

function times(count: number): string {
  return count === 1 ? '' : ` ×${count}`;
}

function listed(name: string, list: readonly string[]): readonly (readonly [string, string])[] {
  const left = list.length - LISTED;
  const shown = left > 0 ? [...list.slice(0, LISTED), `… and ${left} more`] : list;
  return (shown.length === 0 ? ['none'] : shown).map((text, i) => {
    return [i === 0 ? name : '', harmless(text)];
  });
}

function controlText({ time, control }: ControlRecord, sampleRate: number): string {
  const { name, ...rest } = control;
  const said = Object.entries(rest).map(([key, value]) => `${key} ${String(value)}`);
  return `${clockLabel(time / sampleRate)}  ${name} ${said.join(', ')}`;
}
