import { type Print, SILENT_PRINT, distanceDb, meanPrint } from './print.js';
import type { Fate } from './settle.js';

/** Where a path ends: the prints it goes through there, one for each phase, in order. */
export interface Place {
  readonly phases: readonly Print[];
  /** The laps of the path that stand for the phases: the last, or the one nearest the middle. */
  readonly laps: readonly number[];
  /** How far it strays from them, in dB. */
  readonly radiusDb: number;
}

/** The place a path of this fate has come to; undefined for one that wanders or explodes. */
export function placeOf(path: readonly Print[], fate: Fate): Place | undefined {
  const last = path.length - 1;
  switch (fate.name) {
    case 'silence':
      return { phases: [SILENT_PRINT], laps: [last], radiusDb: 0 };
    case 'fixed point':
      return { phases: [path[last]!], laps: [last], radiusDb: 0 };
    case 'cycle': {
      const laps = Array.from({ length: fate.period }, (_, i) => last - fate.period + 1 + i);
      return { phases: laps.map((lap) => path[lap]!), laps, radiusDb: 0 };
    }
    case 'hovers': {
      const middle = meanPrint(path.slice(fate.at));
      const laps = [nearest(path, fate.at, middle)];
      return { phases: [middle], laps, radiusDb: fate.radiusDb };
    }
    case 'wanders':
    case 'explodes':
      return undefined;
  }
}

function nearest(path: readonly Print[], from: number, middle: Print): number {
  let best = from;
  for (let lap = from; lap < path.length; lap++) {
    if (distanceDb(path[lap]!, middle) < distanceDb(path[best]!, middle)) best = lap;
  }
  return best;
}

/** How far a print is from a place: from its nearest phase. */
export function distanceTo(place: Place, print: Print): number {
  return Math.min(...place.phases.map((phase) => distanceDb(phase, print)));
}

/** Two places are one when no phase differs by more than this, in dB, beside what they stray. */
export const BASIN_DB = 2;

/** Whether two paths came to one place, a cycle from whichever phase it is counted. */
export function isSamePlace(a: Place, b: Place): boolean {
  const { length } = a.phases;
  if (length !== b.phases.length) return false;
  const far = BASIN_DB + (a.radiusDb + b.radiusDb) / 2;
  return a.phases.some((_, turn) =>
    a.phases.every((phase, i) => distanceDb(phase, b.phases[(i + turn) % length]!) <= far),
  );
}

/** Names the places: the first A, and each one that was not there before the next letter. */
export function basinsOf(places: readonly (Place | undefined)[]): readonly (string | undefined)[] {
  const known: Place[] = [];
  return places.map((place) => {
    if (place === undefined) return undefined;
    const found = known.findIndex((one) => isSamePlace(one, place));
    if (found === -1) known.push(place);
    return letters(found === -1 ? known.length - 1 : found);
  });
}

function letters(index: number): string {
  const last = String.fromCharCode(65 + (index % 26));
  return index < 26 ? last : letters(Math.floor(index / 26) - 1) + last;
}
