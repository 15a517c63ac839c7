import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';
import type { Schedule } from '../../src/scenarios/index.js';
import { plannedFrom } from '../../src/swarm/index.js';
import { keepHours } from '../../src/swarm/quiet-hours.js';
import type { ControlRequest } from '../../src/telemetry/index.js';
import { saidBy } from './control/steered-play.js';
import { audioLink, casting, play, scenario } from './play.js';

/** Two minutes from ten on. */
const NIGHT: Schedule = { zone: 'UTC', quiet: [{ from: 22 * 60, to: 22 * 60 + 2 }] };

describe('the hours of a schedule', () => {
  let [asked, isRefused]: [ControlRequest[], boolean] = [[], false];
  const steering = {
    apply: async (control: ControlRequest) => {
      asked.push(control);
      return { done: !isRefused, says: '' };
    },
  };
  const keep = (more: object = {}, kind: 'real' | 'virtual' = 'real'): (() => void) =>
    keepHours({ scenario: { schedule: NIGHT }, options: more } as never, { kind }, steering);
  const pass = (seconds: number): Promise<unknown> => vi.advanceTimersByTimeAsync(seconds * 1000);

  beforeEach(() => {
    vi.useFakeTimers({ now: Date.parse('2026-05-01T21:59:00Z') });
    [asked, isRefused] = [[], false];
  });
  afterEach(() => vi.useRealTimers());

  it('are kept within seconds, each with one control, until the run is over', async () => {
    const end = keep();
    await pass(59);
    expect(asked).toEqual([]);
    await pass(7);
    expect(asked).toEqual([{ name: 'quiet', on: true }]);
    await pass(2 * 60);
    expect(asked).toEqual([
      { name: 'quiet', on: true },
      { name: 'quiet', on: false },
    ]);
    end();
    vi.setSystemTime(Date.parse('2026-05-02T22:01:00Z'));
    await pass(60);
    expect(asked).toHaveLength(2);
  });

  it('are asked for again while that is refused', async () => {
    isRefused = true;
    keep();
    await pass(75);
    expect(asked.length).toBeGreaterThan(1);
    isRefused = false;
    await pass(6);
    const { length } = asked;
    await pass(20);
    expect(asked).toHaveLength(length);
  });

  it('are said once more to a run that entered another, which may hold others', async () => {
    keep({ enter: {} });
    await pass(1);
    expect(asked).toEqual([{ name: 'quiet', on: false }]);
  });

  it('are not kept on the virtual clock', async () => {
    keep({}, 'virtual');
    await pass(120);
    expect(asked).toEqual([]);
  });
});

const sound = defineAgent({
  kind: 'sound',
  summary: 'says the same little sound at every beat',
  params: z.object({}),
  inputs: {},
  outputs: { audio: port.audio('a little sound') },
  ticks: () => ({ everySeconds: 0.05 }),
  start: () => 0,
  receive: (beat: number) => ({
    state: beat + 1,
    emit: [
      {
        port: 'audio',
        signal: { sampleRate: 1000, channels: [new Float32Array(20).fill(0.5)] },
      },
    ],
  }),
});

const ear = (kind: string) =>
  defineAgent({
    kind,
    summary: 'counts the sounds it hears',
    params: z.object({}),
    inputs: { audio: port.audio('any') },
    outputs: {},
    start: () => 0,
    receive: (heard: number) => ({ state: heard + 1, emit: [] }),
  });

const room = (): ReturnType<typeof scenario> =>
  scenario(
    [casting('a', {}, sound), casting('out', {}, ear('recorder')), casting('b', {}, ear('ear'))],
    [audioLink('a', 'out'), audioLink('a', 'b')],
  );

describe('a quiet room', () => {
  const heardBy = (links: readonly { to: string; delivered: number }[]): Record<string, number> =>
    Object.fromEntries(links.map(({ to, delivered }) => [to.split('.')[0] as string, delivered]));

  it('hears nothing, while everything else goes on', async () => {
    const quiet = (time: number, on: boolean) =>
      ({ time, control: { name: 'quiet', on } }) as const;
    const plannedControls = [quiet(200, true), quiet(600, false)];
    const { summary, records } = await play(room(), { durationSeconds: 1, plannedControls });
    const said = saidBy(records, 'a.audio');
    const between = said.filter(({ time }) => time >= 200 && time < 600).length;
    expect(between).toBe(8);
    expect(heardBy(summary.links)).toEqual({ out: said.length - between, b: said.length });
  });

  it('is a matter of the journal: a repetition on the virtual clock is the same', async () => {
    const always: Schedule = { zone: 'UTC', quiet: [{ from: 0, to: 1440 }] };
    const piece = { ...room(), schedule: always };
    const real = await play(piece, { durationSeconds: 1, clock: 'real' });
    const { out, b } = heardBy(real.summary.links);
    expect(real.records).toContainEqual(
      expect.objectContaining({ type: 'control', control: { name: 'quiet', on: true } }),
    );
    expect(out).toBeLessThan(b as number);
    const plannedControls = plannedFrom(real.records);
    const again = await play(piece, { durationSeconds: 1, plannedControls });
    expect(again.summary.journal).toEqual(real.summary.journal);
  });
});
