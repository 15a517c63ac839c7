import { stat } from 'node:fs/promises';
import { isAbsolute, relative, sep } from 'node:path';
import { wavInfo } from '../../audio/index.js';
import { type Audio, bytesOf } from '../../core/index.js';
import { type Scenario, findInside, groundOf } from '../../scenarios/index.js';
import { refusal } from './act.js';
import { decodeApart } from './decoder.js';

/** A recording to be said: its sound, and its path from the scenario's folder. */
export interface Recording {
  readonly audio: Audio;
  readonly file: string;
}

/** What is said is hashed and kept by the engine, which must not stop time: short sounds only. */
const SECONDS_MAX = 60;
const FILE_BYTES_MAX = 16 * 1024 * 1024;

const PLACE = "a sound file inside the scenario's project";

/**
 * Reads a recording that is to be injected: mono, at the scenario's rate. A UserError for one that
 * lies outside the scenario's project, is no sound, or is longer than 60 s or 16 MiB.
 */
export async function readRecording(scenario: Scenario, written: string): Promise<Recording> {
  const ground = groundOf(scenario.file);
  const wanted = isAbsolute(written) ? relative(ground.folder, written) : written;
  const found = findInside(ground, wanted);
  if (!found.ok) throw refusal(found.problem.says, PLACE, found.problem.try);
  await refuseLong(found.path);
  const { sampleRate, limits } = scenario;
  const audio = await decodeApart({ path: found.path, sampleRate });
  const seconds = audio.channels[0]!.length / sampleRate;
  if (seconds > SECONDS_MAX) throw tooLong(`${seconds.toFixed(1)} s`);
  const bytes = bytesOf('audio', audio);
  if (bytes > limits.signalBytes) {
    throw refusal(`${bytes} bytes of sound`, `at most ${limits.signalBytes} (limits.signalBytes)`);
  }
  if (!audio.channels[0]!.every(Number.isFinite)) {
    throw refusal(`${written} holds NaN or infinity`, 'finite numbers');
  }
  const file = relative(ground.folder, found.path).split(sep).join('/');
  return { audio, file };
}

async function refuseLong(path: string): Promise<void> {
  const { size } = await stat(path);
  if (size > FILE_BYTES_MAX) throw tooLong(`${(size / 1024 / 1024).toFixed(1)} MiB`);
  if (!/\.wav$/i.test(path)) return;
  const { frames, sampleRate } = wavInfo(path);
  if (frames / sampleRate > SECONDS_MAX) throw tooLong(`${(frames / sampleRate).toFixed(1)} s`);
}

function tooLong(length: string): Error {
  const allowed = `at most ${SECONDS_MAX} s and ${FILE_BYTES_MAX / 1024 / 1024} MiB`;
  return refusal(`the recording has ${length}`, allowed, 'cut a shorter one, or use a corpus');
}
