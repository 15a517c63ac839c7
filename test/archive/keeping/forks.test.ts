import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { noteFork, openRun, writeCheckpointText } from '../../../src/archive/index.js';
import {
  type Saying,
  freshArchive,
  hashOfContent,
  hashesIn,
  tidy,
  writeRun,
} from './archive-on-disk.js';
import { policies, sayings } from './random-runs.js';
import { familyOf, hashesOf } from './what-stays.js';

/** A fork's envelopes: some of its parents are in the run it entered. */
function forked(said: readonly Saying[], base: readonly Saying[], at: number): readonly Saying[] {
  const past = base.filter(({ seconds }) => seconds < at);
  return said.map((one, n) => {
    const elder = past[(n * 7) % Math.max(1, past.length)];
    const id = one.id.replace('voice', 'heir');
    const own = one.parents.map((parent) => parent.replace('voice', 'heir'));
    const parents = elder === undefined || n % 2 === 1 ? own : [...own, elder.id];
    return { ...one, id, parents, seconds: one.seconds + at };
  });
}

describe('a run that another entered', () => {
  it('keeps all that stands behind its fork, in its archive or in another', async () => {
    const property = fc.asyncProperty(
      fc.record({ base: sayings(), said: sayings(), policy: policies, elsewhere: fc.boolean() }),
      fc.nat(200),
      async ({ base, said, policy, elsewhere }, at) => {
        const archive = freshArchive();
        const home = elsewhere ? join(archive, 'attic') : archive;
        mkdirSync(home, { recursive: true });
        const heirs = forked(said, base, at);
        const folder = writeRun(archive, {
          name: 'base',
          sayings: base,
          policy,
          endedSecondsAgo: 99,
        });
        const lent = hashesOf(base, new Set(base.map(({ id }) => id)));
        const fork = elsewhere
          ? { base: '../base', atSeconds: at }
          : { base: 'base', atSeconds: at };
        const heir = { name: 'fork', sayings: heirs, endedSecondsAgo: 99, fork, without: lent };
        const young = writeRun(home, heir);
        if (elsewhere) noteFork(folder, young);
        await tidy(archive);
        const past = base.filter(({ seconds }) => seconds < at);
        const everyone = [...past, ...heirs];
        const needed = hashesOf(everyone, familyOf(everyone, heirs));
        const left = new Set([...hashesIn(folder), ...hashesIn(young)]);
        for (const hash of needed) expect(left).toContain(hash);
        expect([...openRun(young).records()]).toHaveLength(everyone.length);
      },
    );
    await fc.assert(property, { numRuns: 100 });
  });

  it('goes only when its fork has gone', async () => {
    const archive = freshArchive();
    const said: Saying[] = [{ id: 'a.1', seconds: 0, parents: [], carries: 'mel', content: 1 }];
    const policy = { keepSeconds: 100 };
    const base = writeRun(archive, { name: 'base', sayings: said, policy, endedSecondsAgo: 500 });
    const fork = { base: 'base', atSeconds: 1 };
    const heir = { name: 'fork', sayings: said, policy, fork };
    writeRun(archive, { ...heir, endedSecondsAgo: 50 });
    await tidy(archive);
    expect(existsSync(base)).toBe(true);
    writeRun(archive, { ...heir, endedSecondsAgo: 400 });
    await tidy(archive);
    expect(existsSync(base)).toBe(false);
  });

  it('keeps what the checkpoints of its fork name, as the very bytes', async () => {
    const archive = freshArchive();
    const said: Saying[] = [
      { id: 'a.1', seconds: 0, parents: [], carries: 'audio', content: 1 },
      { id: 'a.2', seconds: 1, parents: [], carries: 'audio', content: 2 },
    ];
    const policy = {
      thin: { afterSeconds: 5, everySeconds: 1e6, takeSeconds: 0.5 },
      sound: 'flac',
    } as const;
    const base = writeRun(archive, { name: 'base', sayings: said, policy, endedSecondsAgo: 9999 });
    const fork = { base: 'base', atSeconds: 9 };
    const young = writeRun(archive, { name: 'fork', sayings: [], endedSecondsAgo: 9999, fork });
    const state = { state: { $: 'Float32Array', hash: hashOfContent(2) } };
    writeCheckpointText(young, 90, JSON.stringify(state));
    await tidy(archive);
    expect(await openRun(young).blob(hashOfContent(2))).toHaveLength(8000);
    expect(hashesIn(base)).toEqual(new Set([hashOfContent(1), hashOfContent(2)]));
  });
});
