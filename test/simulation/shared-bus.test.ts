import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createEmbeddedBus } from '../../src/bus/index.js';
import { runSwarm } from '../../src/swarm/index.js';
import { faultyBus } from '../../src/testing/index.js';
import { casting, link, scenario } from '../swarm/play.js';

it('what another process said is heard once, though the bus says everything twice', async () => {
  const home = mkdtempSync(join(tmpdir(), 'demiurge-shared-'));
  onTestFinished(() => rmSync(home, { recursive: true, force: true }));
  const subjects = 'demiurge.*.signal.>';
  const bus = faultyBus(createEmbeddedBus(), { seed: 1, duplicate: 1, subjects });
  const piece = scenario(
    [casting('a', { every: 0.05 }), casting('b')],
    [link('a', 'b', { delaySamples: 20 })],
  );
  const common = { bus, run: 'together', clock: 'real', durationSeconds: 0.6 } as const;
  const [one, two] = await Promise.all([
    runSwarm(piece, { ...common, only: ['a'], outFolder: join(home, 'one') }),
    runSwarm(piece, { ...common, only: ['b'], follow: true, outFolder: join(home, 'two') }),
  ]);
  await bus.drain();
  const said = one.agents[0]?.emitted ?? 0;
  expect(bus.faults().duplicated).toBeGreaterThan(3);
  expect(two.links[0]?.sent).toBeGreaterThan(3);
  expect(two.links[0]?.sent).toBeLessThanOrEqual(said);
});
