import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SaidRecord, hashOf, openRun } from '../../../src/archive/index.js';
import { decodeFlac, encodeFlac, unfitForFlac } from '../../../src/archive/keeping/flac.js';
import type { Audio } from '../../../src/core/index.js';
import {
  type Saying,
  blobOf,
  floatFile,
  freshArchive,
  hashOfContent,
  recordOf,
  rewrite,
  tidy,
  writeRun,
} from './archive-on-disk.js';

const floats = (bytes: Uint8Array): Float32Array => new Float32Array(bytes.slice().buffer);

describe('sound as FLAC', () => {
  it('gives back every number of 16 and of 24 bits, at both ends of full scale too', async () => {
    const sample = (bits: number): fc.Arbitrary<number> => {
      const steps = 2 ** (bits - 1);
      return fc.integer({ min: -steps, max: steps - 1 }).map((n) => n / steps);
    };
    const sound = fc
      .tuple(
        fc.constantFrom(16, 24),
        fc.constantFrom(8000, 44_100, 48_000),
        fc.integer({ min: 1, max: 2 }),
      )
      .chain(([bits, sampleRate, channels]) =>
        fc.record({
          sampleRate: fc.constant(sampleRate),
          channels: fc
            .array(sample(bits), { minLength: 1, maxLength: 300 })
            .map((row) =>
              Array.from({ length: channels }, () => Float32Array.from([...row, -1, 0])),
            ),
        }),
      );
    const property = fc.asyncProperty(sound, async (audio: Audio) => {
      expect(unfitForFlac(audio)).toBeUndefined();
      const decoded = floats(await decodeFlac(await encodeFlac(audio)));
      expect(decoded).toEqual(Float32Array.from(audio.channels.flatMap((one) => [...one])));
    });
    await fc.assert(property, { numRuns: 60 });
  });

  it('is never further from a float than half a step of 24 bits', async () => {
    const numbers = floats(blobOf(3).bytes);
    const decoded = floats(
      await decodeFlac(await encodeFlac({ channels: [numbers], sampleRate: 44_100 })),
    );
    for (const [i, x] of numbers.entries()) {
      expect(Math.abs((decoded[i] as number) - x)).toBeLessThanOrEqual(2 ** -24);
    }
  });

  it('is refused for what is above full scale, has no samples or many channels', () => {
    const of = (...channels: readonly number[][]): Audio => ({
      channels: channels.map((row) => Float32Array.from(row)),
      sampleRate: 44_100,
    });
    expect(unfitForFlac(of([0, 1.5]))).toBe('it is above full scale');
    expect(unfitForFlac(of([Number.NaN]))).toBe('it is above full scale');
    expect(unfitForFlac(of([]))).toBe('it holds no samples');
    expect(unfitForFlac(of([0], [0], [0]))).toBe('it has 3 channels');
  });
});

describe('a run whose old sound is FLAC', () => {
  const said: Saying[] = [{ id: 'a.1', seconds: 0, parents: [], carries: 'audio', content: 5 }];
  const policy = { sound: 'flac', packAfterSeconds: 60 } as const;

  it('can be heard, and says that these are not the very numbers', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 90 });
    const account = await tidy(archive);
    expect(account.thinned[0]?.packed).toMatchObject({ sounds: 1, exact: 0, bytesBefore: 8000 });
    const run = openRun(folder);
    const kept = await run.kept(hashOfContent(5));
    expect(kept.exact).toBe(false);
    const sound = (await run.signal(recordOf(said[0] as Saying))) as Audio;
    expect(sound.channels[0]).toHaveLength(2000);
    await expect(run.blob(hashOfContent(5))).rejects.toThrow(/kept as FLAC, 24 bits/);
  });

  it('reads as before where 24 bits hold the numbers', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 90 });
    const bytes = new Uint8Array(
      floats(blobOf(5).bytes).map((x) => Math.round(x * 32768) / 32768).buffer,
    );
    const record: SaidRecord = { ...recordOf(said[0] as Saying), hash: hashOf(bytes) };
    rewrite(folder, record, bytes);
    expect((await tidy(archive)).thinned[0]?.packed).toMatchObject({ sounds: 1, exact: 1 });
    expect(await openRun(folder).blob(record.hash ?? '')).toEqual(bytes);
    expect(existsSync(floatFile(folder, record.hash ?? ''))).toBe(false);
  });

  it('stays float while it is young', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 30 });
    await tidy(archive);
    expect(statSync(floatFile(folder, hashOfContent(5))).size).toBe(8000);
  });

  it('packs its journal, which reads the same', async () => {
    const archive = freshArchive();
    const folder = writeRun(archive, { name: 'a', sayings: said, policy, endedSecondsAgo: 30 });
    const before = [...openRun(folder).records()];
    await tidy(archive);
    expect(readFileSync(join(folder, 'journal', '000001.jsonl.gz'))[0]).toBe(0x1f);
    expect([...openRun(folder).records()]).toEqual(before);
  });
});
