import type { Utterance } from '../tale/utterance.js';

/** A journal's envelope or record that a sentence rests on: where it stands, and what shows it. */
export interface Cite {
  readonly place: string;
  readonly shown: string;
}

/** A sentence about what happened, and the moment it is told at, in logical seconds. */
export interface Sentence {
  readonly at: number;
  readonly parts: readonly (string | Cite)[];
}

/** Names an envelope, with a link to it. */
export function cite({ id }: Pick<Utterance, 'id'>): Cite {
  return { place: id, shown: id };
}

/** Names a record that is no envelope, with a link to it. */
export function citeRecord(line: number): Cite {
  return { place: `record-${line}`, shown: `record ${line}` };
}

/** A sentence from its words and cites, as a template. */
export function tell(at: number): Telling {
  return (words, ...shown) => {
    const parts = words.flatMap((word, i) => [word, ...flat(shown[i])]);
    return { at, parts: parts.filter((part) => part !== '') };
  };
}

type Telling = (words: TemplateStringsArray, ...shown: readonly Part[]) => Sentence;

type Part = string | number | Cite | readonly (string | Cite)[] | undefined;

function flat(part: Part): readonly (string | Cite)[] {
  if (part === undefined) return [];
  if (typeof part === 'number') return [String(part)];
  return typeof part === 'object' && 'length' in part ? part : [part];
}

/** A sentence as plain text. */
export function plain({ parts }: Sentence): string {
  return parts.map((part) => (typeof part === 'string' ? part : part.shown)).join('');
}

/** The places that a sentence rests on. */
export function placesOf({ parts }: Sentence): readonly string[] {
  return parts.flatMap((part) => (typeof part === 'string' ? [] : [part.place]));
}
