import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readWav, repairWav, wavInfo } from '../../src/audio/index.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demiurge-killed-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const DOOR = new URL('../../src/audio/index.ts', import.meta.url).href;

/** Writes a ramp for ever, in blocks of 500 samples, and says so after each hundredth. */
const writing = (path: string): string => `
  const { WavWriter } = await import(${JSON.stringify(DOOR)});
  const writer = new WavWriter(${JSON.stringify(path)}, { sampleRate: 1000, refreshBytes: 10000 });
  for (let n = 0; ; n += 500) {
    writer.write([Float32Array.from({ length: 500 }, (_, i) => ((n + i) % 1000) / 1000)]);
    if (n % 50000 === 0) {
      process.stdout.write('.');
      await new Promise((wake) => setImmediate(wake));
    }
  }`;

describe('a WAV whose writer is killed with -9', () => {
  it('is a valid file up to its last refresh, and whole when repaired', async () => {
    const path = join(folder, 'killed.wav');
    const script = writing(path);
    const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script]);
    await once(child.stdout, 'data');
    await once(child.stdout, 'data');
    child.kill('SIGKILL');
    await once(child, 'exit');

    const found = wavInfo(path);
    expect(found.frames).toBeGreaterThan(50_000);
    expect(statSync(path).size - 80 - found.frames * 2).toBeLessThan(2);
    const { channels } = readWav(path);
    const wrong = channels[0]!.findIndex((x, n) => Math.abs(x - (n % 1000) / 1000) > 1e-3);
    expect(wrong).toBe(-1);

    repairWav(path);
    expect(repairWav(path)).toBe(false);
    expect(wavInfo(path)).toEqual(found);
  });
});
