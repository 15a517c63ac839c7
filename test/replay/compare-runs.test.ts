// Runs beside each other: where they part, how far they go, and a drawing of it.
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunArchive } from '../../src/archive/index.js';
import {
  certificateOf,
  certificatesApart,
  compareRuns,
  comparisonText,
  divergenceChart,
} from '../../src/replay/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import { openRun } from '../../src/archive/index.js';
import { type SmallProject, loaded, smallProject } from './small-project.js';

let project: SmallProject;
let [first, same, seeded]: RunArchive[] = [];
beforeAll(async () => {
  project = smallProject();
  first = await project.run('first');
  same = await project.run('same');
  const scenario = { ...(await loaded(project.scenario)), seed: 6 };
  await runSwarm(scenario, { outFolder: join(project.home, 'seeded') });
  seeded = openRun(join(project.home, 'seeded'));
}, 60_000);
afterAll(() => project.remove());

/** A run as a fork of the first sees it: its past is the other's. */
function fork(run: RunArchive, at: number): RunArchive {
  const base = first as RunArchive;
  const origin = { how: 'fork', run: base.record.run, folder: '../first', at } as const;
  const records = function* () {
    for (const record of base.records()) if (record.time < at) yield record;
    for (const record of run.records()) if (record.time >= at) yield record;
  };
  return { ...run, base, records, record: { ...run.record, origin } };
}

describe('runs that are compared', () => {
  it('never part when they are the same', async () => {
    const { others } = await compareRuns(first as RunArchive, [same as RunArchive]);
    expect(others[0]).toMatchObject({ differing: 0, madeUnlike: [] });
    expect(others[0]?.first).toBeUndefined();
    const windows = others[0]?.windows ?? [];
    const all = [...(first as RunArchive).records()];
    const count = all.filter(({ type }) => type === 'said').length;
    expect(windows.reduce((sum, { said }) => sum + said, 0)).toBe(count);
    expect(windows.every(({ differing }) => differing === 0)).toBe(true);
    expect(windows.every(({ distanceDb = 0 }) => distanceDb === 0)).toBe(true);
  });

  it('part at once when their seeds differ, by decibels', async () => {
    const comparison = await compareRuns(first as RunArchive, [seeded as RunArchive]);
    const [other] = comparison.others;
    expect(other).toMatchObject({ madeUnlike: ['seed'], from: 0 });
    expect(other?.first).toMatchObject({ agent: 'past', time: 0 });
    expect(other?.windows[0]?.distanceDb).toBeGreaterThan(0.1);
    expect(comparisonText(comparison)).toContain('other seed');
  });

  it('have certificates that say what differs without a look at the runs', async () => {
    const runs = [first, same, seeded] as RunArchive[];
    const [a, b, c] = await Promise.all(runs.map((run) => certificateOf(run)));
    if (a === undefined || b === undefined || c === undefined) throw new Error('three runs');
    expect(certificatesApart(a, b)).toEqual([]);
    const apart = certificatesApart(a, c);
    expect(apart).toEqual(expect.arrayContaining(['seed', 'agent past', 'agent turn', 'journal']));
    expect(apart).toContain('audio/out.wav');
  });

  it('are aligned where a fork entered', async () => {
    const at = 6 * 8000;
    const forks = [fork(same as RunArchive, at), fork(seeded as RunArchive, at)];
    const { others } = await compareRuns(first as RunArchive, forks);
    expect(others.map(({ from }) => from)).toEqual([at, at]);
    expect(others.map(({ how }) => how)).toEqual(['fork', 'fork']);
    expect(others[0]?.differing).toBe(0);
    expect(others[1]?.first).toMatchObject({ time: at });
    const between = await compareRuns(forks[0] as RunArchive, forks.slice(1));
    expect(between.others[0]).toMatchObject({ from: at });
  });

  it('are drawn with their curves side by side', async () => {
    const curvesOf = async ({ record }: RunArchive) => [
      {
        measure: 'variety',
        title: 'Variety',
        unit: 'dimensions',
        points: [0, 4].map((from) => {
          return { from, to: from + 4, estimate: { value: record.seed + from } };
        }),
      },
    ];
    const runs = [same, seeded] as RunArchive[];
    const comparison = await compareRuns(first as RunArchive, runs, { curvesOf });
    const svg = divergenceChart(comparison);
    expect(svg).toContain('Variety');
    // Two runs in two plots, and all three in the plot of the curve; a key for each.
    expect(svg.match(/<path class="curve"/g)).toHaveLength(2 + 2 + 3 + 2);
    expect(svg).not.toMatch(/NaN|Infinity|undefined/);
  });
});
