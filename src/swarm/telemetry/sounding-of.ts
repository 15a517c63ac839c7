import type { LineageStep, Sounding } from '../../telemetry/index.js';
import type { Family, Kin } from './family.js';
import { type Level, amplitudeDb, powerDb, rounded } from './level.js';

/** Steps of a lineage that are told; a longer one ends at `?`. */
const STEPS_TOLD = 64;

/** What a record says of silence, which has no level in dB. */
const SILENCE_DB = -120;

/** A sound that was heard at a logical second, with its descent and its picture. */
export function soundingOf(
  { kin, seconds, level }: { readonly kin: Kin; readonly seconds: number; readonly level: Level },
  family: Family,
  picture: Sounding['picture'],
): Sounding {
  return {
    type: 'sounding',
    id: kin.id,
    agent: kin.agent,
    seconds,
    lap: kin.lap,
    durationSeconds: rounded(level.seconds ?? 0),
    peakDb: amplitudeDb(level.peak) ?? SILENCE_DB,
    rmsDb: powerDb(level.power) ?? SILENCE_DB,
    lineage: lineageOf(kin, family),
    ancestors: family.countAncestors(kin),
    roots: kin.roots.map(({ name, share }) => ({ name, share: rounded(share) })),
    picture,
  };
}

/** The line of descent through the parent of the highest lap, the newest first. */
export function lineageOf(kin: Kin, family: Family): LineageStep[] {
  const steps: LineageStep[] = [stepOf(kin)];
  let at = kin;
  while (at.parents.length > 0) {
    const eldest = at.parents.reduce((best, parent, n) => {
      return parent.lap > (at.parents[best]?.lap ?? -1) ? n : best;
    }, 0);
    const { lap: heardAt } = at.parents[eldest] as Kin['parents'][number];
    const parent = family.at(at.parentSerials[eldest] as number);
    if (parent === undefined || steps.length >= STEPS_TOLD) {
      steps.push({ id: '?', agent: '?', carries: '?', lap: heardAt });
      break;
    }
    steps.push({ ...stepOf(parent), way: heardAt > parent.lap ? 'returns' : 'feeds' });
    at = parent;
  }
  return steps;
}

function stepOf({ id, agent, carries, lap, file }: Kin): LineageStep {
  return { id, agent, carries, lap, ...(file === undefined ? {} : { file }) };
}
