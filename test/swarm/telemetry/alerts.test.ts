// What a watcher must be told when the music goes wrong, from runs in which it does.
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../../src/agents/index.js';
import { audioLink, casting, link, play, relay, scenario } from '../play.js';
import { echo, of, singer, watched } from './watched.js';

const recorder = BUILT_IN_KINDS.get('recorder') as typeof relay;

/** One short tone that goes round an echo once a second, by so many dB louder each turn. */
const circle = (gainDb: number) =>
  scenario(
    [casting('voice', { count: 1, level: 0.01 }, singer), casting('amp', {}, echo)],
    [
      audioLink('voice', 'amp'),
      audioLink('amp', 'amp', { delaySamples: 1000, gain: 10 ** (gainDb / 20) }),
    ],
  );

describe('RUNAWAY', () => {
  it('comes with the fifth turn of 1 dB each, and names the link (T12)', async () => {
    const four = await watched(circle(1), { durationSeconds: 4.9 });
    expect(four.alerts).toEqual([]);
    const { alerts, last } = await watched(circle(1), { durationSeconds: 5.9 });
    expect(alerts).toMatchObject([
      { word: 'RUNAWAY', subject: 'amp.audio ~> amp.audio', since: 0, level: 'call' },
    ]);
    expect(alerts[0]?.says).toContain('1.0 dB a turn');
    const [loop] = last.loops;
    expect(loop).toMatchObject({ number: 1, turns: 5, lapSeconds: 1, risingTurns: 5 });
    expect(Math.abs((loop?.gainDb ?? 0) - 1)).toBeLessThan(0.1);
  });

  it('does not come while a loop only holds its own, and is over when it calms', async () => {
    const { alerts, last } = await watched(circle(-0.2), { durationSeconds: 20 });
    expect(alerts.filter(({ word }) => word === 'RUNAWAY')).toEqual([]);
    expect(last.loops[0]?.gainDb).toBeCloseTo(-0.2, 3);
    const loud = circle(1);
    const cast = loud.cast.map((one) =>
      one.id === 'amp' ? casting('amp', { deaf: 8 }, echo) : one,
    );
    const calmed = await watched({ ...loud, cast }, { durationSeconds: 20 });
    const runaway = calmed.alerts.filter(({ word }) => word === 'RUNAWAY');
    expect(runaway).toMatchObject([{ since: 0 }, { since: 0, over: expect.any(Number) }]);
  });
});

/** A voice and an echo of it, recorded. */
const recorded = (voice: object, hearer: object = {}) =>
  scenario(
    [
      casting('voice', { ...voice }, singer),
      casting('echo', { ...hearer }, echo),
      casting('out', {}, recorder),
    ],
    [audioLink('voice', 'echo'), audioLink('echo', 'out')],
  );

describe('COLLAPSE', () => {
  it('comes when everything sounds the same, and names who repeats itself (T13)', async () => {
    const { alerts, records } = await watched(recorded({}), { durationSeconds: 16 });
    expect(alerts).toMatchObject([{ word: 'COLLAPSE', subject: 'echo' }]);
    expect(of(records, 'life').at(-1)?.variety).toBe(0);
  });

  it('does not come while sounds differ: the first cloud has variety 1 (T13)', async () => {
    const { alerts, records } = await watched(recorded({ varied: true }), { durationSeconds: 15 });
    expect(alerts).toEqual([]);
    const life = of(records, 'life');
    expect(Math.abs((life.at(-1)?.variety ?? 0) - 1)).toBeLessThan(0.02);
    expect(life.at(-1)?.drift).toBeLessThan(0.1);
  });
});

describe('SILENT', () => {
  it('names a generator that stopped, not those that only fell silent after it', async () => {
    const { alerts } = await watched(recorded({ count: 6, varied: true }), {
      durationSeconds: 20,
    });
    expect(alerts).toMatchObject([{ word: 'SILENT', subject: 'voice', since: 5.5 }]);
  });

  it('names who fell silent in the middle of the way, while the source goes on', async () => {
    const { alerts } = await watched(recorded({ varied: true }, { deaf: 6 }), {
      durationSeconds: 20,
    });
    expect(alerts).toMatchObject([{ word: 'SILENT', subject: 'echo', level: 'call' }]);
  });

  it('does not come for what never could be heard', async () => {
    const piece = recorded({ varied: true });
    const links = piece.topology.links.map((one) => ({ ...one, gain: 1e-4 }));
    const quiet = { ...piece, topology: { ...piece.topology, links } };
    const { alerts, last } = await watched(quiet, { durationSeconds: 20 });
    expect(last.agents.find(({ id }) => id === 'echo')?.rmsDb).toBeLessThan(-60);
    expect(alerts).toEqual([]);
  });
});

describe('FAILED and FULL', () => {
  it('name the agent that fails with its reason, and the link that drops', async () => {
    const failing = recorded({ count: 3 }, { fails: true });
    const { alerts } = await watched(failing, { durationSeconds: 20 });
    const failed = alerts.filter(({ word }) => word === 'FAILED');
    expect(failed).toMatchObject([
      { subject: 'echo', says: expect.stringContaining('cannot') },
      { subject: 'echo', over: expect.any(Number) },
    ]);
    const crowd = ['a', 'b', 'c'].map((id) => casting(id, { every: 1 }));
    const full = scenario(
      [...crowd, casting('d')],
      crowd.map(({ id }) => link(id, 'd')),
      { limits: { inbox: 2 } },
    );
    const crowded = await watched(full, { durationSeconds: 3 });
    expect(crowded.alerts).toMatchObject([{ word: 'FULL', subject: 'c.out -> d.in' }]);
    expect(crowded.last.links.map(({ dropped }) => dropped)).toEqual([0, 0, 3]);
  });
});

describe('an observer', () => {
  it('changes nothing: journal and sound are the same with and without', async () => {
    const piece = recorded({ varied: true });
    const options = { durationSeconds: 12 };
    const [alone, seen] = [await play(piece, options), await watched(piece, options)];
    expect(seen.run.summary.journal).toEqual(alone.summary.journal);
    expect(seen.run.audio).toEqual(alone.audio);
    expect(alone.audio).toHaveLength(1);
  });
});
