import type { Sameness } from '../measures/sameness.js';
import type { Finding } from './finding.js';

/** STUCK: agents that have said one sound again and again, or held one spectrum, for 30 s. */
export function stuckOf(agents: Iterable<readonly [id: string, same: Sameness]>): Finding[] {
  return [...agents].flatMap(([subject, { times, holds, isStuck, since }]) => {
    if (!isStuck) return [];
    const what = holds ? 'holds one spectrum' : `says one sound again and again, ${times} times`;
    return [
      {
        word: 'STUCK' as const,
        level: 'look' as const,
        subject,
        since,
        says: `${subject} ${what} since ${since.toFixed(1)} s`,
        try: `play ${subject} another sound, or restart it`,
      },
    ];
  });
}
