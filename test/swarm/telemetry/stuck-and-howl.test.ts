// Sound that is stuck or howls, in runs in which it does.
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../../src/agents/index.js';
import { audioLink, casting, type relay, scenario } from '../play.js';
import { echo, singer, watched } from './watched.js';

const recorder = BUILT_IN_KINDS.get('recorder') as typeof relay;

async function alertsOf(word: string, ...played: Parameters<typeof watched>) {
  const { alerts } = await watched(...played);
  return alerts.filter((alert) => alert.word === word);
}

const sung = (written: object) =>
  scenario(
    [casting('voice', { ...written }, singer), casting('out', {}, recorder)],
    [audioLink('voice', 'out')],
  );

/** One short tone that goes round a room once a second, by so many dB louder each turn. */
const room = (gainDb: number) =>
  scenario(
    [
      casting('voice', { count: 1, level: 0.01 }, singer),
      casting('room', {}, echo),
      casting('out', {}, recorder),
    ],
    [
      audioLink('voice', 'room'),
      audioLink('room', 'room', { delaySamples: 1000, gain: 10 ** (gainDb / 20) }),
      audioLink('room', 'out'),
    ],
  );

describe('STUCK', () => {
  it('is told of an agent that sings one tone over and over, and not of a varied one', async () => {
    const same = await alertsOf('STUCK', sung({}), { durationSeconds: 34 });
    expect(same).toMatchObject([{ subject: 'voice', since: 0 }]);
    expect(await alertsOf('STUCK', sung({ varied: true }), { durationSeconds: 34 })).toEqual([]);
    expect(await alertsOf('STUCK', sung({}), { durationSeconds: 28 })).toEqual([]);
  });
});

describe('HOWL', () => {
  it('is told of a loop in which a tone grows, and not of one in which it fades', async () => {
    const grown = await alertsOf('HOWL', room(1), { durationSeconds: 9.9 });
    expect(grown).toMatchObject([{ subject: 'room', level: 'call' }]);
    expect(await alertsOf('HOWL', room(1), { durationSeconds: 4.9 })).toEqual([]);
    expect(await alertsOf('HOWL', room(-0.2), { durationSeconds: 9.9 })).toEqual([]);
  });
});
