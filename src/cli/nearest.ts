import { closest, distance } from 'fastest-levenshtein';
import { UserError } from '../core/index.js';

/** The entry of that name; throws a UserError that lists the names and guesses which was meant. */
export function nearest<T>(what: string, name: string, among: ReadonlyMap<string, T>): T {
  const found = among.get(name);
  if (found !== undefined) return found;
  const names = [...among.keys()];
  const guess = closest(name, names);
  throw new UserError({
    what: `there is no ${what} "${name}"`,
    allowed: names.join(', '),
    ...(distance(name, guess) <= 3 ? { hint: guess } : {}),
  });
}
