import { MFCC39_NAMES, featureOrder } from '../../audio/index.js';
import { type Descriptors, UserError } from '../../core/index.js';

/**
 * The columns of a network so wide, in its order (names sorted as strings): MFCC-39 for 39, else
 * those of what it hears. Throws a UserError when what it hears lacks one.
 */
export function featuresOf(size: number, heard: Descriptors): readonly string[] {
  const names = size === MFCC39_NAMES.length ? MFCC39_NAMES : heard.names;
  const missing = names.find((name) => !heard.names.includes(name));
  if (names.length === size && missing === undefined) return featureOrder(names);
  const some = heard.names.slice(0, 3).join(', ');
  throw new UserError({
    what: `the sequencer hears ${heard.columns} descriptors (${some}…)`,
    allowed: `the ${size} its run was trained on`,
    hint: size === 39 ? 'link a descriptor with `set: mfcc39`' : 'cast another run',
  });
}

/** The columns named, in that order; each must be there. */
export function columnsNamed(descriptors: Descriptors, names: readonly string[]): Descriptors {
  const from = names.map((name) => descriptors.names.indexOf(name));
  const columns = names.length;
  const data = new Float32Array(descriptors.rows * columns);
  for (let i = 0; i < data.length; i++) {
    const row = Math.floor(i / columns);
    data[i] = descriptors.data[row * descriptors.columns + from[i % columns]!]!;
  }
  return { ...descriptors, columns, names, data };
}
