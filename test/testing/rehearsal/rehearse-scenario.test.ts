// Weeks in minutes: what a rehearsal certifies, that its seed repeats, and that it finds what is
// wrong.
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../../../src/agents/index.js';
import { port } from '../../../src/core/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import {
  type MishapPlan,
  type RehearsalCertificate,
  rehearsalText,
  rehearseScenario,
} from '../../../src/testing/index.js';
import { casting, link, scenario } from '../../swarm/play.js';
import { babel } from './babel.js';

const HOUR = 1 / 24;

/** Often enough that an hour sees all of it. */
const STORM: MishapPlan = {
  kill: 300,
  throw: 300,
  nan: 300,
  slow: 300,
  drop: 100,
  duplicate: 100,
  reorder: 100,
  outage: 900,
  'full disk': 900,
  'torn write': 300,
};

const failed = ({ checks }: RehearsalCertificate): string[] =>
  checks.filter(({ passed }) => !passed).map(({ name }) => name);

const parts = {
  params: z.object({ every: z.number().optional() }),
  inputs: { in: port.control('anything') },
  outputs: { out: port.control('it again') },
};

/** Passes on what it hears; a pulse begins. */
const honest = defineAgent({
  ...parts,
  kind: 'honest',
  summary: 'passes on what it hears',
  ticks: ({ every }) => (every === undefined ? undefined : { everySeconds: every }),
  start: () => ({}),
  receive: (state) => ({ state, emit: [{ port: 'out', signal: { name: 'n', value: 1 } }] }),
});

const hoard: Float64Array[] = [];

/** Keeps a kilobyte of everything it hears. */
const hoarder = defineAgent({
  ...honest,
  kind: 'hoarder',
  receive(state: object, message, context) {
    hoard.push(new Float64Array(128));
    return honest.receive(state, message, context);
  },
});

/** Thinks for ever after half an hour. */
const brooder = defineAgent({
  ...honest,
  kind: 'brooder',
  receive(state: object, message, context) {
    if (context.now > 1800 * context.sampleRate) return new Promise<never>(() => {});
    return honest.receive(state, message, context);
  },
});

/** Says nothing more after half an hour. */
const mute = defineAgent({
  ...honest,
  kind: 'mute',
  receive(state: object, message, context) {
    if (context.now > 1800 * context.sampleRate) return { state, emit: [] };
    return honest.receive(state, message, context);
  },
});

const listener = defineAgent({
  ...parts,
  kind: 'listener',
  summary: 'only hears',
  outputs: {},
  start: () => ({}),
  receive: (state) => ({ state, emit: [] }),
});

/** A pulse goes three times round two agents, the second of the given kind, and is heard. */
function room(kind: typeof honest = honest, every = 5): Scenario {
  const agents = [
    casting('pulse', { every }, honest),
    casting('echo', {}, honest),
    casting('wall', {}, kind),
    casting('ear', {}, listener),
  ];
  const links = [
    link('pulse', 'echo'),
    link('echo', 'wall'),
    link('wall', 'ear'),
    link('wall', 'echo', { delaySamples: 700, laps: 2 }),
  ];
  return scenario(agents, links, { limits: { laps: 8, inbox: 4 } });
}

beforeEach(() => {
  // A full disk is warned of, which is no news here.
  vi.spyOn(process, 'emitWarning').mockImplementation(() => {});
});
afterEach(() => {
  vi.restoreAllMocks();
  hoard.length = 0;
});

describe('a rehearsal', { timeout: 120_000 }, () => {
  it('certifies a small piece through an hour of storm, whatever the seed', async () => {
    const struck = new Map<string, number>();
    for (let seed = 0; seed < 20; seed++) {
      const found = await rehearseScenario(room(), { days: HOUR, seed, mishaps: STORM });
      expect(failed(found), `seed ${seed}\n${rehearsalText(found)}`).toEqual([]);
      const { 'full disk': _, ...mishaps } = found.figures.mishaps;
      const all = { ...mishaps, disk: found.measured.diskRefusals };
      for (const [name, count] of Object.entries(all)) {
        struck.set(name, (struck.get(name) ?? 0) + count);
      }
    }
    for (const [name, count] of struck) expect(count, name).toBeGreaterThan(20);
  });

  it('repeats with its seed, and differs with another', async () => {
    const [one, two, other] = [
      await rehearseScenario(await babel(), { days: HOUR / 2, seed: 5, mishaps: STORM }),
      await rehearseScenario(await babel(), { days: HOUR / 2, seed: 5, mishaps: STORM }),
      await rehearseScenario(await babel(), { days: HOUR / 2, seed: 6, mishaps: STORM }),
    ];
    expect(failed(one), rehearsalText(one)).toEqual([]);
    expect(two.figures).toEqual(one.figures);
    expect(other.figures.journalDigest).not.toBe(one.figures.journalDigest);
  });

  it('says as much as the real piece does, message for message', async () => {
    const found = await rehearseScenario(await babel(), { days: HOUR / 6, seed: 1, mishaps: {} });
    // Ten minutes with networks said 2,195 messages; the violinist is moody.
    expect(found.figures.messages).toBeGreaterThan(2000);
    expect(found.figures.messages).toBeLessThan(2400);
    expect(found.figures.dropped).not.toHaveProperty('lost');
  });

  it('finds an agent that hoards memory', async () => {
    const plan = { days: HOUR / 4, seed: 1, mishaps: {}, standIns: false };
    expect(failed(await rehearseScenario(room(honest, 0.2), plan))).toEqual([]);
    expect(failed(await rehearseScenario(room(hoarder, 0.2), plan))).toEqual(['memory stays']);
  });

  it('finds an agent that never ends a step, and ends all the same', async () => {
    const plan = { days: HOUR, seed: 1, mishaps: {}, standIns: false, patienceSeconds: 1 };
    const found = await rehearseScenario(room(brooder), plan);
    expect(found.checks[0]?.says).toBe('hung: wall');
    expect(failed(found)).toEqual(['everybody answers', 'no loop is stuck', 'no silence is long']);
  });

  it('finds an agent that falls silent: its loop is stuck, and nobody hears anything', async () => {
    const plan = { days: HOUR, seed: 1, mishaps: {}, standIns: false };
    const found = await rehearseScenario(room(mute), plan);
    expect(failed(found)).toEqual(['no loop is stuck', 'no silence is long']);
    expect(found.figures.silenceSeconds).toBeGreaterThan(1790);
    expect(rehearsalText(found)).toContain('✗ no loop is stuck');
  });

  it('refuses less than two minutes', async () => {
    await expect(rehearseScenario(room(), { days: 0.001, seed: 1 })).rejects.toThrow(/too short/);
  });
});
