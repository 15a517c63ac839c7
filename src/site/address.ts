import type { RunRecord } from '../archive/index.js';

/**
 * What a run is called in the site's file names: its id where that is harmless and not yet taken,
 * else a number. No name from outside ever becomes a path.
 */
export function slugs(runs: readonly RunRecord[]): readonly string[] {
  const taken = new Set<string>();
  return runs.map(({ run }, i) => {
    const harmless = typeof run === 'string' && /^[a-z0-9]{1,40}$/.test(run);
    const free = harmless && run !== 'index' && !taken.has(run);
    const slug = free ? run : `run-${i + 1}`;
    taken.add(slug);
    return slug;
  });
}

/** The page of a take, from the site's folder. */
export function takePage(slug: string, number: number): string {
  return `${slug}-take-${number}.html`;
}

/** The place of an envelope or record on its page, as a link's end. */
export function fragment(id: string): string {
  return `#${encodeURIComponent(id)}`;
}

/** The place of a record that is no envelope, by its number in the journal, from 1. */
export function recordPlace(number: number): string {
  return `record-${number}`;
}
