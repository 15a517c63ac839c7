import { describe, expect, it } from 'vitest';
import { Aside } from '../../../src/training/tracking/aside.js';
import { flatRecord } from '../../../src/training/tracking/flat-record.js';
import type { Tracker, TrackRecord } from '../../../src/training/tracking/tracker.js';

const never = (): AbortSignal => new AbortController().signal;
const stepped = (step: number): TrackRecord => {
  return { event: 'step', step, phase: 'forecast', losses: { loss: 1 / step } };
};

describe('a tracker beside a training', () => {
  it('has every record, one after the other, by the time it is closed', async () => {
    const heard: number[] = [];
    let busy = false;
    const aside = new Aside(
      tracker(async ({ step }) => {
        expect(busy).toBe(false);
        busy = true;
        await new Promise((resolve) => setImmediate(resolve));
        heard.push(step);
        busy = false;
      }),
      unwarned,
    );
    for (let step = 1; step <= 20; step++) aside.track(stepped(step));
    expect(await aside.close(never())).toEqual({ sent: 20, dropped: 0, fault: null });
    expect(heard).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  it('that fails is warned of once, and what comes after is dropped and counted', async () => {
    const warnings: string[] = [];
    const broken = tracker(({ step }) => {
      if (step === 3) throw new Error('no such host');
    });
    const aside = new Aside(broken, (fault) => warnings.push(fault));
    for (let step = 1; step <= 10; step++) aside.track(stepped(step));
    const account = await aside.close(never());
    expect(account).toEqual({ sent: 2, dropped: 8, fault: 'no such host' });
    expect(warnings).toEqual(['no such host']);
  });

  it('that takes nothing fills a queue to its brim and no further', async () => {
    const warnings: string[] = [];
    const stuck = tracker(() => new Promise<void>(() => {}));
    const aside = new Aside(stuck, (fault) => warnings.push(fault));
    for (let step = 1; step <= 5000; step++) aside.track(stepped(step));
    expect(aside.account).toMatchObject({ sent: 0, dropped: 3999 });
    const account = await aside.close(AbortSignal.abort());
    expect(account).toMatchObject({ sent: 0, dropped: 4999 });
    expect(warnings).toEqual(['it is too slow, and records are dropped']);
  });

  it('that does not end is left behind at the limit', async () => {
    const warnings: string[] = [];
    const endless = { track: () => {}, close: () => new Promise<void>(() => {}) };
    const limit = new AbortController();
    const aside = new Aside(endless, (fault) => warnings.push(fault));
    aside.track(stepped(1));
    const closing = aside.close(limit.signal);
    limit.abort();
    expect(await closing).toMatchObject({ sent: 1, dropped: 0 });
    expect(warnings).toEqual(['it did not finish in time']);
  });
});

describe('a record for other tools', () => {
  it('has one level of names', () => {
    const setting = { run: 'a', kind: 'lstm', folder: 'f', recipe: 'tiny', engine: 'traced' };
    const begun = { ...setting, seed: 1, threads: 1, corpusHash: 'c', from: null, step: 0 };
    const settings = { rate: 0.1, ratios: [8, 2] };
    const first = flatRecord({ event: 'begun', ...begun, settings });
    expect(first).toMatchObject({
      event: 'begun',
      'settings/rate': 0.1,
      'settings/ratios': [8, 2],
    });
    expect(first).not.toHaveProperty('settings');
    expect(flatRecord(stepped(2))).toEqual({
      event: 'step',
      step: 2,
      phase: 'forecast',
      'train/loss': 0.5,
    });
    const heldOut = { event: 'held-out', step: 2, phase: 'a', losses: { melDb: 3 } } as const;
    expect(flatRecord(heldOut)).toMatchObject({ 'held-out/melDb': 3 });
  });
});

function tracker(track: Tracker['track']): Tracker {
  return { track, close: () => {} };
}

function unwarned(fault: string): void {
  throw new Error(fault);
}
