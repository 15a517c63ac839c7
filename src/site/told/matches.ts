import type { Matches } from '../../core/index.js';
import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';
import { count } from '../written.js';
import type { Sentence } from './sentence.js';
import { cite, tell } from './sentence.js';

/** What was chosen, and how often: recordings by their file, sounds of this run as one. */
export interface Chosen {
  readonly total: number;
  readonly byFile: ReadonlyMap<string, number>;
  /** Units of sounds that the network itself had made. */
  readonly own: number;
  /** The choice that is cited for it, and the sound most chosen from. */
  readonly first: Utterance;
  readonly favourite: Utterance | undefined;
}

/** Counts what an agent that matches chose; undefined when none chose anything. */
export function chosenOf({ said, byId }: Tale): Chosen | undefined {
  const choices = said.filter(({ record, line }) => record.carries === 'matches' && line > 0);
  const [first] = choices;
  if (first === undefined) return undefined;
  const units = new Map<string, number>();
  for (const { record } of choices) {
    for (const { unit } of (record.form as Matches).list) {
      const id = unit.slice(0, Math.max(0, unit.lastIndexOf('@')));
      units.set(id, (units.get(id) ?? 0) + 1);
    }
  }
  return { first, ...summed(units, byId) };
}

function summed(units: ReadonlyMap<string, number>, byId: Tale['byId']): Omit<Chosen, 'first'> {
  const byFile = new Map<string, number>();
  let [total, own] = [0, 0];
  for (const [id, times] of units) {
    const source = byId.get(id);
    const file = source?.record.origins?.[0]?.[0];
    total += times;
    if (file !== undefined) byFile.set(file, (byFile.get(file) ?? 0) + times);
    else if (source !== undefined) own += times;
  }
  const [favourite] = [...units].toSorted((a, b) => b[1] - a[1])[0] ?? [];
  return { total, own, byFile, favourite: byId.get(favourite ?? '') };
}

function favoured([most, second]: readonly (readonly [string, number])[]): string {
  if (most === undefined) return 'none of them from a recording';
  const from = `${count(most[1])} of them from ${most[0]}`;
  if (second === undefined) return from;
  const more = most[1] > second[1] ? 'more than' : 'as many as';
  return `${from}, ${more} from any other recording`;
}

/** Which recording was matched most, and how much the network chose of itself. */
export function mostMatched(tale: Tale): readonly Sentence[] {
  const chosen = chosenOf(tale);
  if (chosen === undefined || chosen.total === 0) return [];
  const { total, byFile, own, first, favourite } = chosen;
  const recordings = favoured([...byFile].toSorted((a, b) => b[1] - a[1]));
  const loved = favourite === undefined ? [] : [' Most often chosen from: ', cite(favourite), '.'];
  return [
    tell(
      tale.ends,
    )`From ${cite(first)} on, ${count(total)} units were matched, ${recordings}, and ${count(
      own,
    )} from sounds that the network had made itself.${loved}`,
  ];
}
