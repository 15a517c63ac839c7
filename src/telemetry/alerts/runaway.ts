import type { Finding } from './finding.js';

/** Turns on end that must have risen. */
export const RUNAWAY_TURNS = 5;

/** One loop as the rule sees it. */
export interface RisingLoop {
  readonly number: number;
  readonly risingTurns: number;
  readonly gainDb: number | undefined;
  readonly lapSeconds: number | undefined;
  /** Its returning links, with their linear gains now. */
  readonly returns: readonly { readonly name: string; readonly gain: number }[];
}

/** RUNAWAY: a loop that has been louder by more than 0.5 dB at each of the last five turns. */
export function runawayOf(loops: readonly RisingLoop[], nowSeconds: number): Finding[] {
  return loops
    .filter(({ risingTurns }) => risingTurns >= RUNAWAY_TURNS)
    .map((loop) => {
      const loudest = loop.returns.toSorted((a, b) => b.gain - a.gain)[0];
      const subject = loudest?.name ?? `loop ${loop.number}`;
      const gain = (loop.gainDb ?? 0).toFixed(1);
      const says = `loop ${loop.number} grows by ${gain} dB a turn through ${subject}`;
      const lower = ((loudest?.gain ?? 1) * 10 ** (-((loop.gainDb ?? 0) + 1) / 20)).toFixed(2);
      return {
        word: 'RUNAWAY' as const,
        level: 'call' as const,
        subject,
        since: nowSeconds - loop.risingTurns * (loop.lapSeconds ?? 0),
        says: `${says}, ${loop.risingTurns} turns on end`,
        try: `lower its gain to ${lower}, or put a guard into the loop`,
      };
    });
}
