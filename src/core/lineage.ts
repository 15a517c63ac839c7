import type { Ancestor } from './envelope.js';

/**
 * The lap of what is said by one who heard these parents: the oldest of them, or 0 for a first
 * word.
 */
export function lapOf(parents: readonly Ancestor[]): number {
  return parents.reduce((lap, parent) => Math.max(lap, parent.lap), 0);
}

/** A message as heard across a link: a returning link makes it one lap older (Law 2). */
export function heardAcross(message: Ancestor, way: 'feeds' | 'returns'): Ancestor {
  return { id: message.id, lap: message.lap + (way === 'returns' ? 1 : 0) };
}
