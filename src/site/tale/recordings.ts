import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { wavInfo } from '../../audio/index.js';
import type { HappenedRecord } from '../../archive/index.js';

/** A sound file that a recorder wrote, and the logical seconds that it covers. */
export interface Recording {
  readonly file: string;
  readonly agent: string;
  readonly from: number;
  readonly to: number;
  readonly sampleRate: number;
}

interface Ground {
  readonly folder: string;
  readonly recorders: readonly string[];
  readonly restarts: readonly HappenedRecord[];
  readonly startSeconds: number;
  readonly sampleRate: number;
}

/**
 * The recordings of a run, in the order of their names. A recorder that began again went on in
 * `<name>.2.wav`, whose first sample is the moment of the restart.
 */
export function recordingsOf(ground: Ground): readonly Recording[] {
  const audio = join(ground.folder, 'audio');
  if (!existsSync(audio)) return [];
  return readdirSync(audio)
    .filter((name) => name.endsWith('.wav'))
    .toSorted()
    .map((name) => recordingOf(name, join(audio, name), ground))
    .filter(({ from, to }) => to > from);
}

function recordingOf(name: string, file: string, ground: Ground): Recording {
  const { frames, sampleRate } = wavInfo(file);
  const [, stem = name, part = '1'] = /^(.*?)(?:\.(\d+))?\.wav$/.exec(name) ?? [];
  const agent = ground.recorders.find((id) => id.replaceAll('/', '-') === stem) ?? stem;
  const restart = ground.restarts.filter((one) => one.agent === agent)[Number(part) - 2];
  const from = restart === undefined ? ground.startSeconds : restart.time / ground.sampleRate;
  return { file, agent, from, to: from + frames / sampleRate, sampleRate };
}
