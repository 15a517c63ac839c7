import { inflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { spectrogramPng } from '../../src/audio/index.js';

const RATE = 44_100;

function tone(hertz: number, seconds: number, gain = 0.5): Float32Array {
  const count = Math.round(seconds * RATE);
  return Float32Array.from({ length: count }, (_, i) => {
    return gain * Math.sin((2 * Math.PI * hertz * i) / RATE);
  });
}

/** How light every pixel of a PNG is: rows from the top. */
function lightnessOf(png: Uint8Array): { width: number; height: number; rows: number[][] } {
  const bytes = Buffer.from(png);
  const [width, height] = [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
  const at = bytes.indexOf('IDAT');
  const pixels = inflateSync(bytes.subarray(at + 4, at + 4 + bytes.readUInt32BE(at - 4)));
  const rows = Array.from({ length: height }, (_, y) => {
    const start = y * (width * 3 + 1) + 1;
    return Array.from({ length: width }, (__, x) => {
      const pixel = pixels.subarray(start + x * 3, start + x * 3 + 3);
      return pixel.reduce((sum, value) => sum + value, 0);
    });
  });
  return { width, height, rows };
}

describe('the picture of a sound', () => {
  it('is lightest where a tone is, counted from the bottom', () => {
    const png = spectrogramPng({ sampleRate: RATE, channels: [tone(3000, 1)] });
    const { height, rows, width } = lightnessOf(png);
    const column = rows.map((row) => row[Math.floor(width / 2)] as number);
    const lightest = height - 1 - column.indexOf(Math.max(...column));
    expect(lightest).toBe(Math.round((3000 * 2048) / RATE));
  });

  it('is no wider than asked, and dark where nothing sounds', () => {
    const samples = new Float32Array(20 * RATE);
    samples.set(tone(440, 2), 0);
    const { width, rows } = lightnessOf(
      spectrogramPng({ sampleRate: RATE, channels: [samples] }, { columns: 300 }),
    );
    expect(width).toBeLessThanOrEqual(300 + 1);
    const darkest = Math.min(...rows.flat());
    expect(rows.every((row) => row[width - 2] === darkest)).toBe(true);
  });

  it('draws silence without a fault', () => {
    const png = spectrogramPng({ sampleRate: RATE, channels: [new Float32Array(RATE)] });
    expect(new Set(lightnessOf(png).rows.flat()).size).toBe(1);
  });
});
