import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { BusMessage, Overflow } from '../../src/bus/index.js';
import { createEmbeddedBus } from '../../src/bus/index.js';
import { Courier } from '../../src/bus/courier.js';
import { Fifo } from '../../src/bus/fifo.js';
import { Mailbox } from '../../src/bus/mailbox.js';
import { Outflow } from '../../src/bus/outflow.js';

const message = (body: unknown): BusMessage => ({ subject: 'a', sequence: 1, body });

function mailbox(capacity: number, overflow: Overflow): { box: Mailbox; heard: unknown[] } {
  const heard: unknown[] = [];
  const box = new Mailbox({
    pattern: 'a',
    options: { capacity, overflow },
    hear: ({ body }) => heard.push(body),
    courier: new Courier(),
    onError: (error) => {
      throw error;
    },
    onClose: () => {},
  });
  return { box, heard };
}

test.each([
  ['drop-oldest', [6, 7, 8, 9], 6],
  ['drop-newest', [0, 1, 2, 3], 6],
  ['keep-latest', [8, 9], 8],
] as const)('%s keeps what it says of ten messages in room for four', async (rule, kept, lost) => {
  const { box, heard } = mailbox(4, rule);
  for (let i = 0; i < 10; i++) box.offer(message(i));
  await box.emptied();
  expect(heard).toEqual(kept);
  expect(box.counts()).toEqual({ pending: 0, delivered: kept.length, overflowed: lost, gaps: 0 });
});

test('a message whose bytes are late keeps its place, and those behind it wait', async () => {
  const { box, heard } = mailbox(8, 'drop-oldest');
  box.offer(message(0));
  const second = box.hold();
  box.offer(message(2));
  const fourth = box.hold();
  box.offer(message(4));
  await new Promise((resolve) => setImmediate(resolve));
  expect([heard, box.counts().pending]).toEqual([[0], 4]);
  fourth(undefined);
  second(message(1));
  second(message('again'));
  await box.emptied();
  expect(heard).toEqual([0, 1, 2, 4]);
  expect(box.counts()).toEqual({ pending: 0, delivered: 4, overflowed: 0, gaps: 1 });
});

// Holds: offered = delivered + dropped + lost + waiting, and order is kept, whatever happens when.
// Matters because every loss in a run must be accounted for.
test('every message is accounted for, in order, under any mixture of events', async () => {
  const event = fc.constantFrom('offer', 'hold', 'fill', 'lose', 'turn');
  const rule = fc.constantFrom<Overflow>('drop-oldest', 'drop-newest', 'keep-latest');
  await fc.assert(
    fc.asyncProperty(
      rule,
      fc.nat(5),
      fc.array(event, { maxLength: 60 }),
      async (kind, n, events) => {
        const { box, heard } = mailbox(n + 1, kind);
        const held: [number, ReturnType<Mailbox['hold']>][] = [];
        let offered = 0;
        for (const what of events) {
          if (what === 'offer') box.offer(message(offered++));
          else if (what === 'hold') held.push([offered++, box.hold()]);
          else if (what === 'turn') await new Promise((resolve) => setImmediate(resolve));
          else {
            const [id, fill] = held.shift() ?? [0, () => {}];
            fill(what === 'fill' ? message(id) : undefined);
          }
        }
        for (const [id, fill] of held) fill(message(id));
        await box.emptied();
        const { delivered, overflowed, gaps, pending } = box.counts();
        expect([delivered, pending]).toEqual([heard.length, 0]);
        expect(delivered + overflowed + gaps).toBe(offered);
        expect(heard).toEqual([...heard].sort((a, b) => Number(a) - Number(b)));
      },
    ),
    { numRuns: 300 },
  );
});

test('a closed mailbox keeps the count of what it never handed over', async () => {
  const { box, heard } = mailbox(8, 'drop-oldest');
  for (let i = 0; i < 3; i++) box.offer(message(i));
  await box.close();
  box.offer(message(3));
  await new Promise((resolve) => setImmediate(resolve));
  expect(heard).toEqual([]);
  expect(box.counts()).toEqual({ pending: 3, delivered: 0, overflowed: 0, gaps: 0 });
});

test('the first in is the first out, however many come and go', () => {
  fc.assert(
    fc.property(fc.array(fc.option(fc.nat()), { maxLength: 3000 }), (steps) => {
      const fifo = new Fifo<number>();
      const model: number[] = [];
      for (const step of steps) {
        if (step === null) expect(fifo.shift()).toBe(model.shift());
        else {
          fifo.push(step);
          model.push(step);
        }
        expect([fifo.length, fifo.peek()]).toEqual([model.length, model[0]]);
      }
    }),
    { numRuns: 50 },
  );
});

test('the outflow has a brim, and flows again when the server has taken its part', async () => {
  const asked: (() => void)[] = [];
  const outflow = new Outflow(() => new Promise((resolve) => asked.push(resolve)), 3_000_000);
  expect([1, 2, 3].map(() => outflow.admit(1_200_000))).toEqual([true, true, false]);
  asked.shift()?.();
  await new Promise((resolve) => setImmediate(resolve));
  expect(outflow.admit(1_200_000)).toBe(true);
});

test('messages to different subscribers arrive in the order they were published', async () => {
  const bus = createEmbeddedBus();
  const heard: string[] = [];
  for (const name of ['a', 'b']) {
    bus.subscribe(`${name}.*`, {}, ({ body }) => heard.push(`${name}${String(body)}`));
  }
  bus.publish('a.x', 1);
  bus.publish('a.y', 2);
  bus.publish('b.x', 3);
  bus.publish('a.x', 4);
  await bus.drain();
  expect(heard).toEqual(['a1', 'a2', 'b3', 'a4']);
});

test('a queue group of the embedded bus takes turns', async () => {
  const bus = createEmbeddedBus();
  const heard: string[] = [];
  for (const name of ['a', 'b', 'c']) {
    bus.subscribe('work.>', { queue: 'q' }, ({ body }) => heard.push(`${name}${String(body)}`));
  }
  for (let i = 0; i < 6; i++) bus.publish(`work.${i}`, i);
  await bus.drain();
  expect(heard).toEqual(['a0', 'b1', 'c2', 'a3', 'b4', 'c5']);
});
