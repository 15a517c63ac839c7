import { describe, expect, it } from 'vitest';
import { decodeAudio } from '../../src/audio/index.js';
import { encodeFlac } from '../../src/site/sounds/flac.js';
import { wantedSounds } from '../../src/site/sounds/chosen-sounds.js';
import { readTale } from '../../src/site/tale/tale.js';
import { encodeIndexedPng } from '../../src/site/pictures/indexed-png.js';
import { melPicture } from '../../src/site/pictures/spectrogram.js';
import { RATE, makeRun, said, tone, withPlace } from './made-run.js';

describe('FLAC of a site', () => {
  it('says how long it is, so that browsers can seek, and decodes to the same', async () => {
    const sound = tone(1.3, 500);
    const bytes = Buffer.from(await encodeFlac({ sampleRate: RATE, channels: [sound] }));
    expect(bytes.toString('latin1', 0, 4)).toBe('fLaC');
    expect(bytes.readUInt32BE(22)).toBe(sound.length);
    const { channels, sampleRate } = await decodeAudio(bytes);
    expect([sampleRate, channels[0]?.length]).toEqual([RATE, sound.length]);
    const worst = sound.reduce((most, x, i) => Math.max(most, Math.abs(x - channels[0]![i]!)), 0);
    expect(worst).toBeLessThan(2 / 32_768);
  });

  it('refuses a sound without samples', async () => {
    await expect(encodeFlac({ sampleRate: RATE, channels: [] })).rejects.toThrow('without samples');
  });
});

describe('which sounds a site holds', () => {
  const records = [
    said('past.1', 0),
    said('past.2', 0),
    said('violin.1', 1, { parents: ['past.1'] }),
  ];

  it('are those that sounded and what they came from, the nearest first', () =>
    withPlace(async (folder) => {
      const tale = readTale({ archive: await makeRun({ folder, records }) }, 'one');
      const ids = (kept: 'all' | 'sounded' | 'none'): string[] =>
        wantedSounds(tale, kept).map(({ id }) => id);
      expect(ids('sounded')).toEqual(['violin.1', 'past.1']);
      expect(ids('all')).toEqual(['violin.1', 'past.1', 'past.2']);
      expect(ids('none')).toEqual([]);
    }));
});

describe('pictures of a site', () => {
  it('are PNG with a palette, of the size that was asked for', () => {
    const png = Buffer.from(melPicture(tone(2, 440), RATE, { columns: 40, bands: 24 }));
    expect(png.toString('latin1', 1, 4)).toBe('PNG');
    expect([png.readUInt32BE(16), png.readUInt32BE(20), png[25]]).toEqual([40, 24, 3]);
  });

  it('draw silence and nothing at all without complaint', () => {
    for (const samples of [new Float32Array(RATE), new Float32Array(0)]) {
      const png = Buffer.from(melPicture(samples, RATE, { columns: 10, bands: 8 }));
      expect(png.readUInt32BE(20)).toBe(8);
    }
  });

  it('hold the pixels that they were given', () => {
    const colours = [
      [0, 0, 0],
      [255, 0, 0],
    ] as const;
    const picture = { width: 2, height: 1, colours, pixels: Uint8Array.of(0, 1) };
    const png = Buffer.from(encodeIndexedPng(picture));
    expect(png.includes(Buffer.from('PLTE'))).toBe(true);
    expect(png.readUInt32BE(16)).toBe(2);
  });
});
