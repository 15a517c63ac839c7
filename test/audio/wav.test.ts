import { mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { UserError } from '../../src/core/index.js';
import {
  WAV_FORMATS,
  WavWriter,
  encodeWav,
  fromInt16,
  parseWav,
  readWav,
  repairWav,
  toInt16,
  wavInfo,
} from '../../src/audio/index.js';
import { tone } from './fixture.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'demiurge-wav-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

interface Foreign {
  readonly tag: number;
  readonly bits: number;
  readonly data: Uint8Array;
  readonly extensible: boolean;
}

/** A mono file as other programs write it, with a tag before its format. */
function foreignWav({ tag, bits, data, extensible }: Foreign): Uint8Array {
  const formatBytes = extensible ? 40 : 16;
  const bytes = Buffer.alloc(12 + 10 + 8 + formatBytes + 8 + data.length);
  bytes.write('RIFF');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEbext', 8);
  bytes.writeUInt32LE(1, 16);
  bytes.write('fmt ', 22);
  bytes.writeUInt32LE(formatBytes, 26);
  bytes.writeUInt16LE(extensible ? 0xfffe : tag, 30);
  bytes.writeUInt16LE(1, 32);
  bytes.writeUInt32LE(8000, 34);
  bytes.writeUInt16LE(bits, 44);
  if (extensible) bytes.writeUInt16LE(tag, 54);
  bytes.write('data', 30 + formatBytes);
  bytes.writeUInt32LE(data.length, 34 + formatBytes);
  bytes.set(data, 38 + formatBytes);
  return bytes;
}

const STEP = { '16': 1 / 32_767, '24': 1 / 8_388_607, '32f': 0 };

describe.each(WAV_FORMATS)('a WAV of format %s', (format) => {
  it('gives back what was written, in any blocks and channels', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3000 }), { minLength: 1, maxLength: 4 }),
        fc.integer({ min: 1, max: 3 }),
        (blocks, channels) => {
          const path = join(folder, `blocks-${format}.wav`);
          const writer = new WavWriter(path, { sampleRate: 8000, channels, format });
          const written: number[] = [];
          for (const length of blocks) {
            const block = Float32Array.from({ length }, (_, i) => Math.sin(written.length + i));
            written.push(...block);
            writer.write(Array.from({ length: channels }, (_, c) => block.map((x) => x / (c + 1))));
          }
          writer.close();
          const { sampleRate, channels: read } = readWav(path);
          expect([sampleRate, read.length, read[0]!.length]).toEqual([
            8000,
            channels,
            written.length,
          ]);
          const worst = written.reduce((max, x, i) => {
            return Math.max(max, ...read.map((channel, c) => Math.abs(channel[i]! - x / (c + 1))));
          }, 0);
          expect(worst).toBeLessThanOrEqual(1.51 * STEP[format] + 1e-7);
        },
      ),
      { numRuns: 20 },
    );
  });

  it('is the same from the writer and from memory', () => {
    const audio = tone(440, 0.01);
    const path = join(folder, `same-${format}.wav`);
    const writer = new WavWriter(path, { sampleRate: 44_100, format });
    writer.write(audio.channels);
    writer.close();
    expect(new Uint8Array(readFileSync(path))).toEqual(encodeWav(audio, format));
  });

  it('becomes an RF64 past the brim and reads the same', () => {
    const path = join(folder, `large-${format}.wav`);
    const audio = tone(440, 0.1);
    const writer = new WavWriter(path, { sampleRate: 44_100, format, rf64FromBytes: 4000 });
    writer.write(audio.channels);
    writer.close();
    const bytes = readFileSync(path);
    expect([bytes.toString('latin1', 0, 4), bytes.toString('latin1', 12, 16)]).toEqual([
      'RF64',
      'ds64',
    ]);
    expect(bytes.readBigUInt64LE(36)).toBe(4410n);
    expect(Number(bytes.readBigUInt64LE(20))).toBe(bytes.length - 8);
    expect(readWav(path)).toEqual(parseWav(encodeWav(audio, format)));
  });
});

describe('16-bit samples', () => {
  it('are x · 32767 rounded, clipped, and 0 for what is no number', () => {
    const samples = Float32Array.of(0, 1, -1, 2, -2, 0.5, -0.5, Number.NaN, 1e-5);
    expect(Array.from(toInt16(samples))).toEqual([
      0, 32767, -32767, 32767, -32768, 16384, -16383, 0, 0,
    ]);
  });

  it('survive being read and written again', () => {
    const every = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
    const again = toInt16(fromInt16(every));
    const worst = again.reduce((max, x, i) => Math.max(max, Math.abs(x - every[i]!)), 0);
    expect(worst).toBeLessThanOrEqual(1);
  });
});

describe('a damaged WAV', () => {
  const audio = tone(300, 0.1);

  it('whose header counts too little is read to its end and can be repaired', () => {
    const path = join(folder, 'short-header.wav');
    const bytes = encodeWav(audio);
    new DataView(bytes.buffer).setUint32(76, 1000, true);
    writeFileSync(path, bytes);
    expect(wavInfo(path).frames).toBe(4410);
    expect(repairWav(path)).toBe(true);
    expect(new Uint8Array(readFileSync(path))).toEqual(encodeWav(audio));
    expect(repairWav(path)).toBe(false);
  });

  it('that was cut gives the frames that are there', () => {
    const path = join(folder, 'cut.wav');
    writeFileSync(
      path,
      encodeWav({ sampleRate: 44_100, channels: [...audio.channels, ...audio.channels] }),
    );
    truncateSync(path, 80 + 4 * 100 + 3);
    expect(wavInfo(path)).toEqual({ sampleRate: 44_100, channels: 2, frames: 100 });
  });

  it('keeps the chunks after its samples out of the sound', () => {
    const tag = new TextEncoder().encode('LIST\x04\0\0\0INFO');
    const bytes = encodeWav(audio);
    const tagged = new Uint8Array(bytes.length + tag.length);
    tagged.set(bytes);
    tagged.set(tag, bytes.length);
    expect(parseWav(tagged).channels[0]).toHaveLength(4410);
  });

  it.each([
    ['nothing', new Uint8Array(0), /not a WAV/],
    ['a header alone', encodeWav(audio).subarray(0, 40), /ends before its samples/],
    ['another file', new TextEncoder().encode('OggS and so on and so on'), /not a WAV/],
  ])('of %s is a clear error', (_, bytes, message) => {
    expect(() => parseWav(bytes)).toThrow(message);
  });

  it.each([
    ['8-bit', 1, 8, Uint8Array.of(128, 255, 0), [0, 127 / 128, -1]],
    ['32-bit', 1, 32, new Uint8Array(Int32Array.of(0, 2 ** 30, -(2 ** 31)).buffer), [0, 0.5, -1]],
    ['double', 3, 64, new Uint8Array(Float64Array.of(0, 0.5, -1).buffer), [0, 0.5, -1]],
  ])(
    'of another program in %s samples is read, extensible or not',
    (_, tag, bits, data, values) => {
      for (const extensible of [false, true]) {
        const { channels } = parseWav(foreignWav({ tag, bits, data, extensible }));
        expect(Array.from(channels[0]!)).toEqual(values);
      }
    },
  );

  it('is sound or one clear error, whatever was changed in it', () => {
    const whole = encodeWav(tone(300, 0.01), '24');
    const change = fc.tuple(fc.nat(120), fc.nat(255));
    fc.assert(
      fc.property(fc.array(change, { maxLength: 6 }), fc.nat(whole.length), (changes, length) => {
        const bytes = whole.slice(0, length);
        for (const [at, value] of changes) if (at < length) bytes[at] = value;
        try {
          expect(parseWav(bytes).channels.length).toBeGreaterThan(0);
        } catch (error) {
          expect(error).toBeInstanceOf(UserError);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('in a compressed format is a clear error', () => {
    const bytes = encodeWav(audio);
    new DataView(bytes.buffer).setUint16(56, 0x11, true);
    expect(() => parseWav(bytes, 'adpcm.wav')).toThrow(/adpcm.wav: its samples are of format 17/);
  });
});

describe('slices and writers', () => {
  it('reads a slice without the rest, and no further than the end', () => {
    const path = join(folder, 'slice.wav');
    const samples = Float32Array.from({ length: 1000 }, (_, i) => i / 1000);
    writeFileSync(path, encodeWav({ sampleRate: 100, channels: [samples] }, '32f'));
    expect(readWav(path, { from: 500, frames: 3 }).channels[0]).toEqual(samples.slice(500, 503));
    expect(readWav(path, { from: 998, frames: 9 }).channels[0]).toEqual(samples.slice(998));
    expect(readWav(path, { from: 5000 }).channels[0]).toHaveLength(0);
  });

  it('is a whole file after every refresh, before it is closed', () => {
    const path = join(folder, 'open.wav');
    const writer = new WavWriter(path, { sampleRate: 1000, refreshBytes: 2000 });
    writer.write([new Float32Array(1500)]);
    const bytes = readFileSync(path);
    expect(bytes.readUInt32LE(76)).toBe(3000);
    expect(bytes.readUInt32LE(4)).toBe(bytes.length - 8);
    expect(writer.seconds).toBe(1.5);
    writer.close();
    writer.close();
  });

  it('says which file cannot be written', () => {
    const path = join(folder, 'no', 'such', 'folder.wav');
    expect(() => new WavWriter(path, { sampleRate: 1000 })).toThrow(
      /folder.wav: the sound file cannot/,
    );
  });

  it('refuses another number of channels', () => {
    const writer = new WavWriter(join(folder, 'mono.wav'), { sampleRate: 1000 });
    expect(() => writer.write([new Float32Array(1), new Float32Array(1)])).toThrow(RangeError);
    writer.close();
  });
});
