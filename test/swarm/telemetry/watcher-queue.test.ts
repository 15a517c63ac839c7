import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Feed } from '../../../src/swarm/telemetry/feed.js';
import { WatcherQueue } from '../../../src/swarm/telemetry/watcher-queue.js';
import { lineOf, parseRecord } from '../../../src/telemetry/index.js';
import type { TelemetryRecord } from '../../../src/telemetry/index.js';
import { alertOf, saidAs, sceneOf, stateAt } from '../../telemetry/sample-records.js';

const offerAll = (
  queue: WatcherQueue<TelemetryRecord>,
  records: readonly TelemetryRecord[],
): void => {
  for (const record of records) queue.offer(record, record, lineOf(record).length);
};

describe('the queue of a watcher', () => {
  it('hands on in order what it can hold', () => {
    const queue = new WatcherQueue<TelemetryRecord>();
    const records = [sceneOf('abcd1234'), saidAs(1), stateAt(1), saidAs(2), alertOf(1)];
    offerAll(queue, records);
    expect(queue.take(1e9)).toEqual(records);
    expect(queue.takeMissed()).toBe(0);
    expect(queue.size).toEqual({ passing: 0, standing: 0, bytes: 0 });
  });

  it('keeps only the newest state waiting, at the place of the first', () => {
    const queue = new WatcherQueue<TelemetryRecord>();
    offerAll(queue, [stateAt(1), saidAs(1), stateAt(2), stateAt(3), alertOf(1), alertOf(1, 3)]);
    expect(queue.take(1e9)).toEqual([stateAt(3), saidAs(1), alertOf(1, 3)]);
    expect(queue.takeMissed()).toBe(0);
  });

  it('gives up the oldest beyond its records or bytes, and counts them', () => {
    const few = new WatcherQueue<TelemetryRecord>({ records: 3, bytes: 1e9 });
    offerAll(
      few,
      [1, 2, 3, 4, 5].map((n) => saidAs(n)),
    );
    expect(few.takeMissed()).toBe(2);
    expect(few.take(1e9)).toEqual([saidAs(3), saidAs(4), saidAs(5)]);
    const small = new WatcherQueue<TelemetryRecord>({ records: 100, bytes: 2500 });
    offerAll(
      small,
      [1, 2, 3, 4].map((n) => saidAs(n, 1000)),
    );
    expect(small.size.passing).toBe(2);
    expect(small.takeMissed()).toBe(2);
  });

  it('never holds more than its bounds, and accounts for every record', () => {
    const step = fc.oneof(
      fc.record({ offer: fc.integer({ min: 0, max: 400 }) }),
      fc.record({ take: fc.integer({ min: 1, max: 3000 }) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 80 }), (steps) => {
        const queue = new WatcherQueue<TelemetryRecord>({ records: 8, bytes: 2000 });
        let [offered, taken, missed] = [0, 0, 0];
        for (const one of steps) {
          if ('offer' in one) offerAll(queue, [saidAs(offered++, one.offer)]);
          else taken += queue.take(one.take).length;
          missed += queue.takeMissed();
          const { passing, bytes } = queue.size;
          expect(passing <= 8 && bytes <= 2000).toBe(true);
          expect(offered).toBe(taken + missed + passing);
        }
      }),
    );
  });
});

describe('a reader that has stopped (T32)', () => {
  const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  it('costs one write and a bounded queue, and learns afterwards what it missed', async () => {
    const writes: { readonly text: string; readonly done: () => void }[] = [];
    const queue = new WatcherQueue<string>({ records: 64, bytes: 1e6 });
    const feed = new Feed((text, done) => void writes.push({ text, done }), queue);
    const tell = (record: TelemetryRecord): void => feed.offer(record, lineOf(record));
    tell(saidAs(0));
    await turn();
    expect(writes).toHaveLength(1);
    for (let n = 1; n <= 10_000; n++) {
      tell(saidAs(n));
      tell(stateAt(n));
      if (n % 1000 === 0) await turn();
    }
    expect(writes).toHaveLength(1);
    expect(queue.size).toMatchObject({ passing: 64, standing: 1 });
    let read = 0;
    while (read < writes.length) writes[read++]?.done();
    const lines = writes.slice(1).flatMap(({ text }) => text.trim().split('\n'));
    const records = lines.map(parseRecord);
    expect(records[0]).toEqual({ type: 'gap', records: 10_000 - 64 });
    expect(records.slice(1)).toContainEqual(stateAt(10_000));
    expect(records.filter((record) => record?.type === 'said')).toHaveLength(64);
    await feed.drained();
  });
});
