import type { Ringing } from '../measures/ringing.js';
import type { Finding } from './finding.js';

/** Turns on end that it must have grown. */
const HOWL_TURNS = 5;

/** HOWL: agents in whose sound one frequency has grown for five turns of a loop. */
export function howlOf(
  agents: Iterable<readonly [id: string, ringing: Ringing]>,
  nowSeconds: number,
): Finding[] {
  return [...agents].flatMap(([subject, { grown: peak }]) => {
    if (peak === undefined || peak.grown < HOWL_TURNS) return [];
    const where = `${peak.hertz} Hz, ${peak.overDb.toFixed(0)} dB above the rest`;
    return [
      {
        word: 'HOWL' as const,
        level: 'call' as const,
        subject,
        since: nowSeconds,
        says: `${subject} howls at ${where}: louder at each of ${peak.grown} turns`,
        try: `lower the gain of the link that returns to ${subject}, or put a guard into the loop`,
      },
    ];
  });
}
