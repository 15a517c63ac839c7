import { distance } from 'fastest-levenshtein';

/**
 * The word that was probably meant, if one is near: a third of its letters may be wrong, and case
 * does not count.
 */
export function meant(written: string, words: Iterable<string>): string | undefined {
  const lower = written.toLowerCase();
  let [best, fewest]: [string | undefined, number] = [undefined, Number.POSITIVE_INFINITY];
  for (const word of words) {
    const most = Math.max(1, Math.round(Math.min(word.length, lower.length) / 3));
    if (Math.abs(word.length - lower.length) > most) continue;
    const wrong = mistakes(lower, word.toLowerCase());
    if (wrong <= most && wrong < fewest) [best, fewest] = [word, wrong];
  }
  return best;
}

/** Letters to change, where two neighbours that changed places count as one. */
function mistakes(written: string, word: string): number {
  const at = Array.from(written).findIndex((letter, i) => letter !== word[i]);
  const swapped = `${written.slice(0, at)}${written[at + 1]}${written[at]}${written.slice(at + 2)}`;
  return at >= 0 && swapped === word ? 1 : distance(written, word);
}

/** Names as a list for people; a long one is cut and counted. */
export function listed(names: readonly string[], most = 16): string {
  const shown = names.slice(0, most).join(', ');
  return names.length > most ? `${shown} … (${names.length} in all)` : shown;
}

/** What to spread into a problem: the name that was probably meant, or nothing. */
export function suggestion(
  written: string,
  words: Iterable<string>,
): { readonly didYouMean?: string } {
  const word = meant(written, words);
  return word === undefined || word === written ? {} : { didYouMean: word };
}
