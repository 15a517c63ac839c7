import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { encodeWav } from '../../src/audio/index.js';
import { seededRandom } from '../../src/core/index.js';

const RATE = 44_100;

/** A folder, and what removes it with all that is in it. */
export function openTrainingFolder(): { readonly folder: string; readonly remove: () => void } {
  const folder = mkdtempSync(join(tmpdir(), 'demiurge-training-'));
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** A folder that is gone when the test is over. */
export function trainingFolder(): string {
  const { folder, remove } = openTrainingFolder();
  onTestFinished(remove);
  return folder;
}

/** Writes a corpus of gliding tones with a little noise: as many files of so many seconds. */
export function writeCorpus(folder: string, files = 2, seconds = 3): string {
  const corpus = join(folder, 'corpus');
  mkdirSync(corpus, { recursive: true });
  for (let file = 0; file < files; file++) {
    const bytes = encodeWav({ sampleRate: RATE, channels: [tone(file, seconds)] });
    writeFileSync(join(corpus, `tone-${file}.wav`), bytes);
  }
  return corpus;
}

function tone(file: number, seconds: number): Float32Array {
  const random = seededRandom(file, 'tone');
  let phase = 0;
  return Float32Array.from({ length: Math.round(seconds * RATE) }, (_, i) => {
    const time = i / RATE;
    phase += (2 * Math.PI * (220 + 60 * file + 40 * Math.sin(4 * time))) / RATE;
    const partials = Math.sin(phase) + 0.5 * Math.sin(2 * phase) + 0.25 * Math.sin(3 * phase);
    return 0.3 * (0.6 + 0.4 * Math.sin(7 * time)) * partials + 0.01 * random.normal();
  });
}
