import { execFileSync } from 'node:child_process';
import { describe, expect, it } from 'vitest';

const PROGRAM = `
const { resample } = await import('./dist/src/audio/index.js');
const tone = Float32Array.from({ length: 4800 }, (_, i) => 0.5 * Math.sin(i / 10));
const { channels } = await resample({ sampleRate: 48000, channels: [tone] }, 44100);
const loudest = channels[0].reduce((most, x) => Math.max(most, Math.abs(x)), 0);
console.log(JSON.stringify({ length: channels[0].length, loudest }));
`;

describe('the resampler', () => {
  it('is found by plain Node too, which reads packages otherwise than the tests do', () => {
    const words = ['--input-type=module', '-e', PROGRAM];
    const said = execFileSync(process.execPath, words, { encoding: 'utf8' });
    const { length, loudest } = JSON.parse(said) as { length: number; loudest: number };
    expect(length).toBe(4410);
    expect(loudest).toBeCloseTo(0.5, 1);
  });
});
