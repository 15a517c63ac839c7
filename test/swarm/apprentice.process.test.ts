// Learning inside a run: the shipped scenario, played twice, ends with the same bytes, and its
// journal says which generation of weights made which composition.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type SaidRecord, readJournal } from '../../src/archive/index.js';
import { loadRun } from '../../src/models/index.js';
import { loadScenario } from '../../src/scenarios/index.js';
import { type Summary, runSwarm } from '../../src/swarm/index.js';

const file = new URL('../../scenarios/apprentice.yaml', import.meta.url).pathname;
const home = mkdtempSync(join(tmpdir(), 'demiurge-apprentice-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

async function play(name: string): Promise<{ summary: Summary; said: SaidRecord[] }> {
  const loaded = await loadScenario(file, { seedOtherwise: 1 });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const outFolder = join(home, name);
  const summary = await runSwarm(loaded.value, { clock: 'virtual', outFolder });
  const records = [...readJournal(join(outFolder, 'journal'))];
  return { summary, said: records.filter((record) => record.type === 'said') };
}

describe('the scenario of the apprentice', () => {
  it('plays the same twice, through several generations of weights', async () => {
    const [one, two] = [await play('one'), await play('two')];
    expect(two.summary.journal.digest).toBe(one.summary.journal.digest);
    expect(one.summary.agents.filter(({ failures }) => failures > 0)).toEqual([]);

    const from = (port: string): SaidRecord[] => one.said.filter((said) => said.from === port);
    const offers = from('pupil.model');
    const makers = [...new Set(from('seq.composition').map(({ models }) => models?.[0]?.[0]))];
    const cast = one.summary.models.find(({ role }) => role === 'dreams')?.run;
    const versions = offers.map(({ form }) => (form as { name: string }).name.split(':')[1]);
    expect(makers.length).toBeGreaterThanOrEqual(3);
    expect(makers).toEqual([cast, ...versions].slice(0, makers.length));

    // The account of the run says the same; whoever takes a version over says so at once.
    const { generations } = one.summary;
    expect(generations.offered).toBe(offers.length);
    expect(generations.latest.map(({ run }) => run)).toEqual(versions);
    const saidWith = (run: string | undefined): number =>
      one.said.filter(({ from: port, models }) => {
        return port.startsWith('seq.') && models?.[0]?.[0] === run;
      }).length;
    const taken = versions.map(saidWith).filter((said) => said > 0);
    expect(generations.taken).toBe(taken.length);
    const takers = generations.latest.flatMap(({ takenBy }) => takenBy);
    expect(takers).toEqual(taken.map((said) => ({ agent: 'seq', said })));

    // Each generation was made with the one before, and its first composition cites its offer.
    expect(offers.map(({ models }) => models?.[0]?.[0])).toEqual([cast, ...versions].slice(0, -1));
    for (const [i, maker] of makers.slice(1).entries()) {
      const made = from('seq.composition').filter(({ models }) => models?.[0]?.[0] === maker);
      const citing = made.filter(({ parents }) => parents.some(([id]) => id === offers[i]?.id));
      expect(citing).toEqual(made.slice(0, 1));
      const run = await loadRun(maker as string, { registry: join(home, 'one', 'models') });
      expect(made[0]?.models).toEqual([[run.id, run.hash]]);
    }
  });
});
