import { expect, test } from 'vitest';
import type { Frame } from '../../src/bus/codec.js';
import { Heard, Said } from '../../src/bus/sequences.js';

const message = (publisher: string, sequence: number): Frame => ({
  publisher,
  sequence,
  says: 'message',
  blobs: [],
  open: () => null,
});
const tally = (publisher: string, sequence: number): Frame => ({
  publisher,
  sequence,
  says: 'tally',
});

test('a jump is a gap of as many as were jumped over, per publisher and subject', () => {
  const heard = new Heard();
  expect(heard.gapBefore('a', message('p', 7))).toBe(0);
  expect(heard.gapBefore('a', message('p', 8))).toBe(0);
  expect(heard.gapBefore('a', message('p', 12))).toBe(3);
  expect(heard.gapBefore('b', message('p', 40))).toBe(0);
  expect(heard.gapBefore('a', message('q', 40))).toBe(0);
  expect(heard.gapBefore('a', message('p', 13))).toBe(0);
});

test('a tally reveals what came last, once', () => {
  const heard = new Heard();
  heard.gapBefore('a', message('p', 1));
  expect(heard.gapBefore('a', tally('p', 1))).toBe(0);
  expect(heard.gapBefore('a', tally('p', 4))).toBe(3);
  expect(heard.gapBefore('a', tally('p', 4))).toBe(0);
  expect(heard.gapBefore('a', message('p', 5))).toBe(0);
});

test('a message that comes twice or late takes no gap back and makes none', () => {
  const heard = new Heard();
  const gaps = [1, 3, 2, 3, 4].map((n) => heard.gapBefore('a', message('p', n)));
  expect(gaps).toEqual([0, 1, 0, 0, 0]);
});

test('remembers a bounded number of publishers, and invents no gap for the forgotten', () => {
  const heard = new Heard();
  for (let n = 0; n < 5000; n++) heard.gapBefore('a', message(`p${n}`, 1));
  expect(heard.gapBefore('a', message('p0', 100))).toBe(0);
  expect(heard.gapBefore('a', message('p4999', 3))).toBe(1);
});

test('a stamp is consumed only when it is committed', () => {
  const said = new Said('p');
  expect([said.next('a').sequence, said.next('a').sequence]).toEqual([1, 1]);
  said.commit('a', 1);
  expect([said.next('a').sequence, said.next('b').sequence]).toEqual([2, 1]);
});
