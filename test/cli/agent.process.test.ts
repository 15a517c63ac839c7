import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findNatsServer, spawnNatsServer } from '../../src/bus/index.js';
import type { Summary } from '../../src/swarm/index.js';
import { startDemiurge } from './launched.js';
import type { Ended } from './launched.js';
import { withFolder, writeMini } from './spoken.js';

const summaryOf = ({ out, err }: Ended): Summary => {
  expect(out, err).toMatch(/^\{/);
  return JSON.parse(out) as Summary;
};

describe.skipIf(findNatsServer() === undefined)('a swarm split over two processes', () => {
  it('sounds: what one says the other hears, and both end together', () =>
    withFolder(async (folder) => {
      const scenario = writeMini(folder);
      const server = await spawnNatsServer({ folder });
      try {
        const place = ['--bus', server.url, '--json'];
        const there = [...place, '--out', join(folder, 'there')];
        const here = [...place, '--out', join(folder, 'here'), '--seed', '5'];
        const agent = startDemiurge(['agent', scenario, '--only', 'past', ...there]);
        const run = startDemiurge(['run', scenario, '--only', 'ear,out', ...here]);
        const [said, heard] = [summaryOf(await agent.ended), summaryOf(await run.ended)];
        expect([said.run, said.seed]).toEqual([heard.run, 5]);
        expect(said.agents).toEqual([expect.objectContaining({ id: 'past' })]);
        expect(heard.agents.map(({ id }) => id)).toEqual(['ear', 'out']);
        expect(heard.agents.every(({ received }) => received > 0)).toBe(true);
        expect(existsSync(join(folder, 'here', 'audio', 'out.wav'))).toBe(true);
      } finally {
        await server.stop();
      }
    }));
});
