import { portName } from '../core/index.js';
import type { Atlas, Row, Trail } from './atlas.js';
import { soundFileOf } from './sound-files.js';
import { atlasSentence, endName, rowSentence } from './speech.js';

/** The version of the document that `atlasJson` makes. */
export const ATLAS_FORMAT = 1;

/** An atlas as plain data: numbers with two decimals, no pictures; sounds by their files. */
export function atlasJson(atlas: Atlas): Readonly<Record<string, unknown>> {
  const { title, seed, seconds, sampleRate, rows, left } = atlas;
  return {
    format: ATLAS_FORMAT,
    title,
    seed,
    seconds,
    sampleRate,
    says: atlasSentence(atlas),
    rows: rows.map(rowJson),
    left,
  };
}

function rowJson(row: Row): Readonly<Record<string, unknown>> {
  const { circuit, lapsMax, trails } = row;
  const { name, form, members, ear, carries, sides } = circuit;
  return {
    name,
    form,
    members,
    ear: portName(ear.from),
    entry: portName(ear.to),
    carries,
    sides: sides.map(portName),
    lapsMax,
    says: rowSentence(row),
    trails: trails.map((trail) => trailJson(row, trail)),
  };
}

function trailJson(row: Row, trail: Trail): Readonly<Record<string, unknown>> {
  const { probe, fate, answered, basin, stations, place, troubles } = trail;
  return {
    probe,
    end: endName(trail),
    fate: Object.fromEntries(
      Object.entries(fate).map(([key, x]) => [key, typeof x === 'number' ? hundredths(x) : x]),
    ),
    answered,
    basin: basin ?? null,
    sound: soundFileOf(row, trail) ?? null,
    laps: stations.map(({ lap, time, levelDb, toEndDb, spot }) => ({
      lap,
      time: hundredths(time),
      levelDb: hundredths(levelDb),
      toEndDb: hundredths(toEndDb),
      map: [hundredths(spot.x), hundredths(spot.y)],
    })),
    place: place === undefined ? null : place.phases.map((phase) => phase.map(hundredths)),
    troubles,
  };
}

/** What is no number (a sound that exploded) is null in JSON. */
function hundredths(value: number): number | null {
  return Number.isFinite(value) ? Math.round(value * 100) / 100 : null;
}
