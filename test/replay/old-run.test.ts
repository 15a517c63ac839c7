// A run of the first format, written before run folders were self-contained, stays readable.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { openRun } from '../../src/archive/index.js';
import type { Audio } from '../../src/core/index.js';
import { certificateOf, replayRun } from '../../src/replay/index.js';

const FOLDER = resolve('test/fixtures/archive-v1');
const run = openRun(join(FOLDER, 'run'));
const home = mkdtempSync(join(tmpdir(), 'demiurge-old-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

describe('a run of the first format', () => {
  it('is read as it was written', async () => {
    expect(run.record.project).toBeUndefined();
    const records = [...run.records()];
    const said = records.filter((record) => record.type === 'said');
    expect(said[0]).toMatchObject({ id: 'past.1', time: 0 });
    const audio = (await run.signal(said[0] as (typeof said)[0])) as Audio;
    expect(audio.channels[0]).toHaveLength(400);
    const { journal, agents } = await certificateOf(run);
    expect(journal.digest).toBe(DIGEST);
    expect(Object.keys(agents)).toEqual(['mouth', 'past', 'tail']);
  });

  it('asks for its scenario, which it does not name', async () => {
    const outFolder = join(home, 'none');
    await expect(replayRun(run, { outFolder })).rejects.toThrow('--scenario');
  });

  it('is played again to the byte', async () => {
    const scenario = join(FOLDER, 'project/small.yaml');
    const outFolder = join(home, 'again');
    const { certificate } = await replayRun(run, { outFolder, scenario });
    expect(certificate.verdict).toBe('identical');
    expect(certificate.audio[0]?.verdict).toBe('equal');
    const said = certificate.foreseen.map(({ says }) => says).join();
    expect(said).toContain('a run of an older format');
  });
});

/** As its own summary has it. */
const DIGEST = 'ed8da36264c6b8a7b785421fc813dd605a58822b6fb60d854e116b26e0ce0a37';
