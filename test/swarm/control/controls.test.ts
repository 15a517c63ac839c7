// What each control does, from the journal's point of view.
import { describe, expect, it } from 'vitest';
import type { ControlRecord, JournalRecord } from '../../../src/archive/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import { type Steer, plannedFrom } from '../../../src/swarm/index.js';
import type { ControlRequest } from '../../../src/telemetry/index.js';
import { play } from '../play.js';
import { guarded, source } from './guarded.js';
import { type SteeredRun, saidBy, steered } from './steered-play.js';

const SECONDS = 4;
const options = { durationSeconds: SECONDS } as const;

const controlsOf = (records: readonly JournalRecord[]): ControlRecord[] =>
  records.filter((record) => record.type === 'control');

/** Plays with one control planned at 2 s. */
const planned = async (control: ControlRequest, piece = guarded()) =>
  play(piece, { ...options, plannedControls: [{ time: 2000, control }] });

/** Whether anything said by `from` at or after `time` cites something said by `parent` by then. */
const hears = (records: readonly JournalRecord[], from: string, parent: string, time: number) =>
  saidBy(records, `${from}.audio`).filter(
    (record) => record.time >= time && record.parents.some(([id]) => id.startsWith(`${parent}.`)),
  ).length;

async function expectRepeats(first: SteeredRun, piece: Scenario): Promise<void> {
  const again = await play(piece, { ...options, plannedControls: plannedFrom(first.records) });
  expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
  expect(again.audio).toEqual(first.audio);
}

describe('a control', () => {
  it('that a watcher asks for is journaled, and planned again repeats the run', async () => {
    const asked: ControlRequest[] = [
      { name: 'mute', agent: 'right', on: true },
      { name: 'gain', link: 2, gain: 0.25 },
      { name: 'mute', agent: 'right', on: false },
      { name: 'delay', link: 5, delaySeconds: 0.02 },
    ];
    const cues = asked.map((control, i) => ({ after: 3 + 12 * i, control }));
    const first = await steered(guarded(), cues, options);
    expect(first.answers.map(({ done }) => done)).toEqual([true, true, true, true]);
    expect(controlsOf(first.records)).toMatchObject(
      asked.map((control, i) => ({ id: i + 1, control })),
    );
    const plain = await play(guarded(), options);
    expect(plain.summary.journal.digest).not.toBe(first.summary.journal.digest);
    await expectRepeats(first, guarded());
  });

  it('in a run that was asked to end, or ended by itself, is repeated too', async () => {
    const cues = [5, 12, 30].map((after) => {
      return { after, control: { name: 'gain', link: 5, gain: after / 40 } as const };
    });
    const short = (): Scenario => guarded('inline', source(undefined, 8));
    const natural = await steered(short(), cues);
    expect(controlsOf(natural.records)).toHaveLength(3);
    const naturalAgain = await play(short(), { plannedControls: plannedFrom(natural.records) });
    expect(naturalAgain.summary.journal.digest).toBe(natural.summary.journal.digest);
    expect(naturalAgain.audio).toEqual(natural.audio);

    const asking = new AbortController();
    const asked = await steered(guarded(), cues, {
      ...options,
      signal: asking.signal,
      onEvent: (event) => {
        if (event.type === 'controlled' && event.id === 3) asking.abort();
      },
    });
    expect(asked.summary.reason).toBe('asked');
    expect(controlsOf(asked.records)).toHaveLength(3);
    const { logicalSeconds } = asked.summary;
    expect(logicalSeconds).toBeLessThan(SECONDS);
    const plannedControls = plannedFrom(asked.records);
    const askedAgain = await play(guarded(), { durationSeconds: logicalSeconds, plannedControls });
    expect(askedAgain.summary.journal.digest).toBe(asked.summary.journal.digest);
    expect(askedAgain.audio).toEqual(asked.audio);
  });

  it('to pause a loop stops its returning links until it goes on', async () => {
    const piece = guarded();
    const loop = piece.topology.loops.findIndex(({ agents }) => agents.join() === 'left') + 1;
    const pause = { name: 'pause-loop', loop } as const;
    const { records, summary } = await play(piece, {
      ...options,
      plannedControls: [
        { time: 1000, control: { ...pause, on: true } },
        { time: 3000, control: { ...pause, on: false } },
      ],
    });
    // What was on its way when the loop was paused still arrives.
    const within = saidBy(records, 'left.audio').filter((r) => r.time >= 1250 && r.time < 3000);
    expect(within.some((r) => r.parents.some(([id]) => id.startsWith('left.')))).toBe(false);
    expect(hears(records, 'left', 'right', 1500)).toBeGreaterThan(0);
    expect(hears(records, 'left', 'left', 3000)).toBeGreaterThan(0);
    expect(summary.links[5]?.skipped).toBeGreaterThan(0);
    expect(summary.links[4]?.skipped).toBe(0);
  });

  it('to mute an agent keeps all it says from every link', async () => {
    const { summary, records } = await planned({ name: 'mute', agent: 'right', on: true });
    expect(hears(records, 'left', 'right', 2301)).toBe(0);
    expect(summary.links[3]?.skipped).toBe(summary.links[4]?.skipped);
    expect(summary.links[3]?.skipped).toBeGreaterThan(10);
    expect(saidBy(records, 'right.audio').at(-1)?.time).toBeGreaterThan(3500);
  });

  it('to hear one alone keeps the others from its recorder only', async () => {
    const { summary, records } = await planned({ name: 'solo', agent: 'left', on: true });
    expect(summary.links[3]?.skipped).toBeGreaterThan(10);
    expect(summary.links[2]?.skipped).toBe(0);
    expect(hears(records, 'left', 'right', 2500)).toBeGreaterThan(0);
  });

  it('to hear a second one alone too lets both be heard, and without any all', async () => {
    const solo = (time: number, agent: string, on: boolean) =>
      ({ time, control: { name: 'solo', agent, on } }) as const;
    const both = [solo(0, 'left', true), solo(0, 'right', true)];
    const again = [solo(0, 'left', true), solo(0, 'left', false)];
    for (const plannedControls of [both, again]) {
      const { summary } = await play(guarded(), { ...options, plannedControls });
      expect(summary.links.map(({ skipped }) => skipped)).toEqual([0, 0, 0, 0, 0, 0]);
    }
  });

  it('to change a delay holds for what is said from then on', async () => {
    const control = { name: 'delay', link: 4, delaySeconds: 0.007 } as const;
    const { records } = await planned(control);
    const said = new Map(saidBy(records, 'right.audio').map((record) => [record.id, record.time]));
    const ways = saidBy(records, 'left.audio').flatMap(({ time, parents }) =>
      parents.flatMap(([id]) => {
        const from = said.get(id);
        return from === undefined ? [] : [{ from, took: time - from }];
      }),
    );
    expect(new Set(ways.filter(({ from }) => from < 2000).map(({ took }) => took))).toEqual(
      new Set([300]),
    );
    expect(new Set(ways.filter(({ from }) => from >= 2000).map(({ took }) => took))).toEqual(
      new Set([7]),
    );
  });

  it('to turn a gain up is heard in the recording', async () => {
    const quiet = await planned({ name: 'gain', link: 2, gain: 0 });
    const loud = await planned({ name: 'gain', link: 2, gain: 4 });
    const level = ({ summary }: typeof quiet): number => summary.audio[0]?.rmsDb as number;
    expect(level(loud)).toBeGreaterThan(level(quiet) + 3);
  });

  it('that comes after the end is left out, and one that is out of order is refused', async () => {
    const control = { name: 'mute', agent: 'left', on: true } as const;
    const late = await play(guarded(), { ...options, plannedControls: [{ time: 4000, control }] });
    expect(controlsOf(late.records)).toEqual([]);
    const twice = [
      { time: 30, control },
      { time: 20, control },
    ];
    const refused = play(guarded(), { ...options, plannedControls: twice });
    await expect(refused).rejects.toThrow('a control planned at 20');
  });

  it('asked for in a run that is over is refused', async () => {
    let kept: Steer | undefined;
    await play(guarded(), { ...options, controls: (steer) => (kept = steer) });
    const answer = await kept?.({ name: 'mute', agent: 'left', on: true });
    expect(answer).toEqual({ done: false, says: 'the run is over' });
  });
});

describe('a control that cannot be', () => {
  it.each<[ControlRequest, string]>([
    [{ name: 'pause-loop', loop: 9, on: true }, 'there is no loop 9 (expected 1 to 1)'],
    [{ name: 'mute', agent: 'lift', on: true }, 'there is no agent "lift" (expected one of past'],
    [{ name: 'mute', agent: 'out', on: true }, 'nothing leads away from out'],
    [{ name: 'solo', agent: 'past', on: true }, 'past says no sound to a recorder'],
    [{ name: 'gain', link: 6, gain: 1 }, 'there is no link 6 (expected 0 to 5)'],
    [{ name: 'gain', link: 2, gain: 17 }, 'this is no control'],
    [{ name: 'gain', link: 2, gain: Number.NaN }, 'this is no control'],
    [{ name: 'delay', link: 2, delaySeconds: 1 }, 'left.audio -> out.audio feeds at the same'],
    [{ name: 'delay', link: 4, delaySeconds: 0.0001 }, 'one sample at least'],
    [{ name: 'delay', link: 4, delaySeconds: 0 }, 'this is no control'],
    [{ name: 'inject', agent: 'past', port: 'in', file: 'a.wav' }, 'past hears no sound on "in"'],
    [{ name: 'restart', agent: 'left' }, "left plays in the engine's own process"],
    [{ name: 'restart', agent: 'nobody' }, 'there is no agent "nobody"'],
  ])('%j is refused in words and changes nothing', async (control, says) => {
    const { answers, records } = await steered(guarded(), [{ after: 2, control }], {
      durationSeconds: 0.5,
    });
    expect(answers[0]?.done).toBe(false);
    expect(answers[0]?.says).toContain(says);
    expect(controlsOf(records)).toEqual([]);
  });
});
