import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom, sizeOf, tensor } from '../../src/core/index.js';
import { loadTraining } from '../../src/models/index.js';
import { planFor } from '../../src/training/plans/plan-for.js';
import { FAMILIES, type Family, settingsOf } from '../../src/training/index.js';
import { partSettings, partsOf } from '../../src/training/workers/batch-parts.js';
import { deviceOf } from '../../src/training/workers/device.js';

describe('a batch', () => {
  it.each(Object.keys(FAMILIES) as Family[])('of %s is parted row by row', async (family) => {
    const training = await loadTraining();
    const [kind] = FAMILIES[family].kinds;
    const settings = settingsOf(family, 'tiny', { batch_size: 6 });
    const shapesOf = (workers: number) =>
      planFor(training, kind!, partSettings(settings, workers)).phases[0]!.design.batch;
    const random = seededRandom(1, 'batch');
    const drawn = Object.entries(shapesOf(1)).map(([name, shape]) => {
      const data = Float32Array.from({ length: sizeOf(shape) }, () => random.next());
      return [name, tensor(shape, data)] as const;
    });
    for (const workers of [1, 2, 3, 6]) {
      const parts = partsOf(Object.fromEntries(drawn), shapesOf(workers), workers);
      for (const [name, { shape, data }] of drawn) {
        const each = parts.map((part) => part[name]!);
        // The states of una-GAN's two directions come before its rows.
        const [before, rows] = name.includes('.h') ? [2, 1] : [1, 0];
        expect(each[0]?.shape).toEqual(shape.map((n, i) => (i === rows ? n / workers : n)));
        const run = data.length / before / workers;
        const joined = Array.from({ length: before }, (_, i) =>
          each.flatMap((one) => [...one.data.subarray(i * run, (i + 1) * run)]),
        );
        expect(joined.flat(), name).toEqual([...data]);
      }
    }
  });

  it('that cannot be shared evenly is refused with the numbers that can share it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 40 }), (batch, n) => {
        const settings = settingsOf('sequencer', 'tiny', { batch_size: batch });
        if (batch % n === 0) {
          expect(partSettings(settings, n)).toEqual({ ...settings, batch_size: batch / n });
        } else {
          const all = Array.from({ length: batch }, (_, i) => i + 1);
          const divisors = all.filter((one) => batch % one === 0).join(', ');
          const says = `a batch of ${batch} cannot be shared evenly by ${n} workers`;
          expect(() => partSettings(settings, n)).toThrow(`${says} (expected ${divisors})`);
        }
      }),
    );
  });
});

describe('a worker', () => {
  it('sees one graphics card of those that are visible, where the engine needs one', () => {
    const seen = (worker: number, visible?: string): string | undefined =>
      deviceOf(worker, 'tensorflow', { CUDA_VISIBLE_DEVICES: visible })['CUDA_VISIBLE_DEVICES'];
    expect([seen(0), seen(3)]).toEqual(['0', '3']);
    expect([0, 1, 2].map((worker) => seen(worker, '4,6'))).toEqual(['4', '6', '4']);
    const env = { PATH: '/bin' };
    expect(deviceOf(1, 'traced', env)).toBe(env);
  });
});
