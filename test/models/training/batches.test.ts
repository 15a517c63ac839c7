import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import {
  drawMelBatch,
  drawVocoderBatch,
  drawWindows,
  type Stretch,
} from '../../../src/models/index.js';

// Frame t has t in its first column, 1000 + t in its second; its samples are all t.
const stretch = (frames: number): Stretch => ({
  frames,
  framesAt: (at, count) =>
    Float32Array.from({ length: 2 * count }, (_, i) => at + Math.floor(i / 2) + 1000 * (i % 2)),
  samplesAt: (at, count, hop) =>
    Float32Array.from({ length: count * hop }, (_, i) => at + Math.floor(i / hop)),
});

describe('batches', () => {
  it('are drawn from inside the recordings, mel and samples together', () => {
    const shapes = { mel: [3, 2, 5], audio: [3, 1, 20] };
    const batch = drawVocoderBatch(shapes, [stretch(30)])(seededRandom(1, 'x'));
    for (let b = 0; b < 3; b++) {
      const bins = batch['mel']!.data.subarray(b * 10, b * 10 + 5);
      const first = bins[0] as number;
      expect([...bins]).toEqual([0, 1, 2, 3, 4].map((i) => first + i));
      expect(batch['mel']!.data[b * 10 + 5]).toBe(first + 1000);
      expect(batch['audio']!.data[b * 20]).toBe(first);
      expect(batch['audio']!.data[b * 20 + 19]).toBe(first + 4);
    }
  });

  it('reach the first and the last place of every stretch, and no other', () => {
    const stretches = [stretch(5), stretch(6), stretch(2)];
    for (const by of ['frames', 'pieces'] as const) {
      const draw = drawWindows({ window: [40, 4, 2] }, stretches, by);
      const { window } = draw(seededRandom(2, 'x')) as Required<ReturnType<typeof draw>>;
      const firsts = Array.from({ length: 40 }, (_, b) => window!.data[b * 8]);
      expect(new Set(firsts)).toEqual(new Set([0, 1, 2]));
    }
  });

  it('have normal noise for all that is no mel', () => {
    const shapes = { mel: [2, 2, 4], z: [2, 500] };
    const { z, mel } = drawMelBatch(shapes, [stretch(9)])(seededRandom(3, 'x'));
    expect(mel?.shape).toEqual([2, 2, 4]);
    const mean = z!.data.reduce((sum, x) => sum + x, 0) / 1000;
    const power = z!.data.reduce((sum, x) => sum + x * x, 0) / 1000;
    expect([Math.abs(mean) < 0.15, Math.abs(power - 1) < 0.2]).toEqual([true, true]);
  });

  it('say what is too short to train on', () => {
    const draw = (): unknown => drawWindows({ window: [1, 9, 2] }, [stretch(5)]);
    expect(draw).toThrow(/longest has 5 frames \(expected at least 9 frames\)/);
  });
});
