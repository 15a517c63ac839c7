import { type Audio, seededRandom, toSeconds } from '../core/index.js';
import { monoOf } from '../audio/index.js';
import type { Station, Trail } from './atlas.js';
import { type Place, distanceTo, placeOf } from './attractor.js';
import type { Lap, Path } from './iterate.js';
import { endPicture, lapPicture } from './pictures.js';
import { distanceDb } from './print.js';
import { soundOf } from './spectrum.js';

/** A trail before all trails are known: it has neither basin nor spots. */
export type Unplaced = Omit<Trail, 'basin' | 'stations'> & {
  readonly stations: readonly Omit<Station, 'spot'>[];
};

/** The laps that are pictured: the probe, and those after 1, 2, 4, 8 … passes. */
export function picturedLaps(count: number): readonly number[] {
  const laps = [0];
  for (let lap = 1; lap < count; lap *= 2) laps.push(lap);
  return laps;
}

/** Measures a path, draws what is to be seen of it and lets go of the rest. */
export function trailOf(probe: string, path: Path, sampleRate: number): Unplaced {
  const { laps, fate, answered, troubles } = path;
  const prints = laps.map(({ print }) => print);
  const place = answered ? placeOf(prints, fate) : undefined;
  const stations = laps.map(({ print, time }, lap) => {
    const levelDb = Math.max(...print);
    const toEndDb = place ? distanceTo(place, print) : distanceDb(print, prints.at(-1)!);
    return { lap, time: toSeconds(time, sampleRate), levelDb, toEndDb, print };
  });
  const ends = place?.laps ?? [laps.length - 1];
  const pictures = picturedLaps(laps.length).map((lap) => lapPicture(lap, laps[lap]!));
  const end = ends.map((lap) => endPicture(lap, laps[lap]!));
  const sound = endSound(place, laps, ends);
  return { probe, fate, answered, stations, place, pictures, end, sound, troubles };
}

const PHASES_HEARD = 4;

function endSound(
  place: Place | undefined,
  laps: readonly Lap[],
  ends: readonly number[],
): Audio | undefined {
  const silent = place?.phases.every((phase) => Math.max(...phase) <= -79) ?? false;
  if (silent) return undefined;
  const random = seededRandom(0, 'atlas', 'phases');
  const sounds = ends.slice(0, PHASES_HEARD).flatMap((lap) => {
    const { carries, signal, mel } = laps[lap]!;
    return mel === undefined ? [] : (soundOf(carries, signal, random) ?? []);
  });
  const [first] = sounds;
  return first && { sampleRate: first.sampleRate, channels: [joined(sounds.map(monoOf))] };
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
