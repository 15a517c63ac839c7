// Every scenario that is shipped is played: a reading path whose examples fail teaches the wrong
// thing.
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { hashOf } from '../../src/archive/index.js';
import { type Scenario, loadScenario } from '../../src/scenarios/index.js';
import { type RunOptions, type Summary, runSwarm } from '../../src/swarm/index.js';

const folder = new URL('../../scenarios/', import.meta.url).pathname;
const files = readdirSync(folder).filter((name) => name.endsWith('.yaml'));
const home = mkdtempSync(join(tmpdir(), 'demiurge-every-'));
let plays = 0;

afterAll(() => rmSync(home, { recursive: true, force: true }));

async function load(name: string, seed?: number): Promise<Scenario> {
  const options = seed === undefined ? {} : { seed };
  const loaded = await loadScenario(join(folder, name), { seedOtherwise: 1, ...options });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}

async function play(
  scenario: Scenario,
  options: Partial<RunOptions>,
): Promise<{ summary: Summary; sounds: string[] }> {
  const outFolder = join(home, String(plays++));
  const summary = await runSwarm(scenario, { clock: 'virtual', outFolder, ...options });
  const sounds = summary.audio.map(({ file }) => hashOf(readFileSync(join(outFolder, file))));
  return { summary, sounds };
}

describe('every scenario', () => {
  it.each(files)('%s sounds and fails at nothing', async (name) => {
    const { summary } = await play(await load(name), { durationSeconds: 12 });
    expect(summary.agents.filter(({ failures }) => failures > 0)).toEqual([]);
    expect(summary.agents.reduce((sum, { restarts }) => sum + restarts, 0)).toBe(0);
    expect(summary.audio.length).toBeGreaterThan(0);
    for (const sound of summary.audio) {
      expect(sound.seconds).toBeCloseTo(12, 6);
      expect(sound.peakDb).toBeLessThanOrEqual(-0.999);
      expect(sound.rmsDb).toBeGreaterThan(-60);
    }
    for (const line of summary.links) {
      expect(line.sent).toBe(line.delivered + line.dropped + line.inFlight);
    }
  });
});

describe('babel', () => {
  it('is the same in one process or two, on either clock; not under another seed', async () => {
    const babel = await load('babel.yaml', 7);
    const seconds = { durationSeconds: 9 };
    const one = await play(babel, { ...seconds, processes: 1 });
    const two = await play(babel, { ...seconds, processes: 2 });
    const real = await play(babel, { ...seconds, clock: 'real' });
    const other = await play(await load('babel.yaml', 8), seconds);
    expect(two.summary.journal).toEqual(one.summary.journal);
    expect(two.sounds).toEqual(one.sounds);
    expect(real.summary.journal).toEqual(one.summary.journal);
    expect(real.sounds).toEqual(one.sounds);
    expect(other.summary.journal.digest).not.toBe(one.summary.journal.digest);
    expect(other.sounds).not.toEqual(one.sounds);
  });

  it('lets all six components speak and closes its loops', async () => {
    const { summary } = await play(await load('babel.yaml'), { durationSeconds: 24 });
    const six = ['generator', 'vocoder', 'descriptor', 'sequencer', 'sampler', 'violinist'];
    for (const kind of six) {
      expect(summary.agents.find((agent) => agent.kind === kind)?.emitted, kind).toBeGreaterThan(0);
    }
    expect(summary.laps.max).toBeGreaterThanOrEqual(3);
    const returns = summary.links.filter(({ way }) => way === 'returns');
    expect(returns.length).toBeGreaterThanOrEqual(3);
    expect(returns.filter(({ delivered }) => delivered === 0)).toEqual([]);
    expect(summary.models.map(({ role }) => role).sort()).toEqual(['dreams', 'mel', 'una']);
  });
});
