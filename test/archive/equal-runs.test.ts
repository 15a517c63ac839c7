import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { verifyRun } from '../../src/archive/index.js';
import { type RunOptions, runSwarm } from '../../src/swarm/index.js';
import { audioLink, casting, link, relay, scenario } from '../swarm/play.js';
import { echo, singer } from '../swarm/telemetry/watched.js';
import { withFolder } from './records.js';

const recorder = BUILT_IN_KINDS.get('recorder') as typeof relay;

/** Sounds, controls and failures, computed at a given pace. */
const piece = (turns: number) =>
  scenario(
    [
      casting('voice', { every: 0.2, varied: true }, singer),
      casting('echo', { deaf: 3, fails: true }, echo),
      casting('deaf', { deaf: 3, fails: true }, echo),
      casting('one', { every: 0.1, turns }),
      casting('two', { turns }),
      casting('out', {}, recorder),
    ],
    [
      audioLink('voice', 'echo'),
      audioLink('voice', 'deaf'),
      audioLink('echo', 'out'),
      link('one', 'two'),
      link('two', 'one', { delaySamples: 150 }),
    ],
  );

async function journalOf(turns: number, options: Partial<RunOptions> = {}): Promise<string> {
  return withFolder(async (home) => {
    const outFolder = join(home, 'run');
    await runSwarm(piece(turns), { outFolder, durationSeconds: 3, ...options });
    expect(await verifyRun(outFolder, { blobs: 'all' })).toEqual([]);
    return readFileSync(join(outFolder, 'journal', '000001.jsonl'), 'utf8');
  });
}

describe('equal runs', () => {
  it('write journals equal byte by byte, at whatever pace, under whatever id', async () => {
    const first = await journalOf(0);
    expect(first).toContain('"what":"failed"');
    expect(await journalOf(7)).toBe(first);
    expect(await journalOf(2, { clock: 'real', run: 'other' })).toBe(first);
  });
});
