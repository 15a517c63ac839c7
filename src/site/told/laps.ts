import type { Tale } from '../tale/tale.js';
import type { Utterance } from '../tale/utterance.js';
import { many } from '../written.js';
import type { Sentence } from './sentence.js';
import { cite, tell } from './sentence.js';

/**
 * New records of how often something had been round: the first return, every doubling, and the
 * most.
 */
export function lapRecords({ said }: Tale): readonly Sentence[] {
  const records = firsts(said);
  const most = records.at(-1);
  return records
    .filter((one) => one === most || isDoubling(one.record.lap))
    .filter(({ line }) => line > 0)
    .map((one) => {
      const { lap } = one.record;
      if (one === most) {
        const often = lap === 1 ? 'once' : `${lap} times`;
        return tell(one.at)`Nothing in this run went round more than ${often}; ${cite(
          one,
        )} was the first to have done so.`;
      }
      if (lap === 1) return tell(one.at)`With ${cite(one)} something came back for the first time.`;
      return tell(one.at)`${cite(one)} was the first to have been round ${many(lap, 'time')}.`;
    });
}

function firsts(said: readonly Utterance[]): readonly Utterance[] {
  let lap = 0;
  return said.filter(({ record }) => {
    if (record.lap <= lap) return false;
    lap = record.lap;
    return true;
  });
}

function isDoubling(lap: number): boolean {
  return Number.isInteger(Math.log2(lap));
}
