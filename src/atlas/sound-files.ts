import type { Audio } from '../core/index.js';
import type { Atlas, Row, Trail } from './atlas.js';

/**
 * Where the sound of a trail's end lies, beside the page: one file for each basin, and one for each
 * trail that never rests. Undefined for silence.
 */
export function soundFileOf({ circuit }: Row, trail: Trail): string | undefined {
  if (trail.sound === undefined || !trail.answered) return undefined;
  if (trail.basin !== undefined) return `sounds/${trail.basin}.wav`;
  return `sounds/${plain(circuit.name)}-${plain(trail.probe)}.wav`;
}

function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-');
}

/** Every sound of an atlas by its file; of a basin, the first trail's that came to it. */
export function soundsOf({ rows }: Atlas): ReadonlyMap<string, Audio> {
  const sounds = new Map<string, Audio>();
  for (const row of rows) {
    for (const trail of row.trails) {
      const file = soundFileOf(row, trail);
      if (file === undefined || trail.sound === undefined || sounds.has(file)) continue;
      sounds.set(file, trail.sound);
    }
  }
  return sounds;
}
