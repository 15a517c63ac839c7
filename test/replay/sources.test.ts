// A run's folder holds what it was made from: what changes afterwards does not change a replay.
import { existsSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunArchive, type RunRecord, openRun } from '../../src/archive/index.js';
import { loadReplayed, replayRun } from '../../src/replay/index.js';
import { type SmallProject, noise, smallProject, turnKind } from './small-project.js';

let project: SmallProject;
let run: RunArchive;
beforeEach(async () => {
  project = smallProject();
  run = await project.run('run', { durationSeconds: 3 });
});
afterEach(() => project.remove());

const again = () => replayRun(run, { outFolder: join(project.home, 'again') });

function rewrite(change: (record: RunRecord) => RunRecord): void {
  const file = join(run.folder, 'run.json');
  const record = JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  writeFileSync(file, JSON.stringify(change(record)));
  run = openRun(run.folder);
}

describe('the folder of a run', () => {
  it('keeps every text it was made from, nested scenarios, kinds and their imports', () => {
    const { project: made } = run.record;
    expect(made).toMatchObject({ root: project.root, scenario: 'small.yaml' });
    const paths = made?.files.map(({ path }) => path).sort();
    expect(paths).toEqual(['kinds/scale.mjs', 'kinds/turn.mjs', 'parts/room.yaml', 'small.yaml']);
    const kept = readFileSync(join(run.folder, 'sources/kinds/turn.mjs'), 'utf8');
    expect(kept).toBe(turnKind());
  });

  it('records its recordings and the machine it was made on', () => {
    const { corpus, versions } = run.record;
    expect(corpus?.map(({ path }) => path)).toEqual(['corpus/take1.wav', 'corpus/take2.wav']);
    expect(corpus?.[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(Object.keys(versions)).toEqual(['demiurge', 'node', 'machine', 'cpu']);
  });
});

describe('a replay', () => {
  it('plays the kept texts where files have changed or gone, and says so', async () => {
    project.write('small.yaml', readFileSync(project.scenario, 'utf8').replace('0.5', '0.9'));
    project.write('kinds/scale.mjs', 'export const scale = 0.1;\n');
    rmSync(join(project.root, 'parts'), { recursive: true });
    const { certificate } = await again();
    expect(certificate.verdict).toBe('identical');
    const said = certificate.foreseen.map(({ says }) => says).join('\n');
    expect(said).toContain('small.yaml has changed since');
    expect(said).toContain('kinds/scale.mjs has changed since');
    expect(said).toContain('parts/room.yaml is no longer there');
    expect(certificate.foreseen.some(({ risk }) => risk)).toBe(false);
  });

  it('leaves no temporary project behind', async () => {
    const before = readdirSync(tmpdir()).filter((name) => name.startsWith('demiurge-replay-'));
    project.write('kinds/scale.mjs', 'export const scale = 0.1;\n');
    const { scenario, close } = await loadReplayed(run);
    const file = scenario.cast.find(({ id }) => id === 'turn')?.kindFile as string;
    expect(file.startsWith(project.root)).toBe(false);
    expect(existsSync(file)).toBe(true);
    close();
    expect(existsSync(file)).toBe(false);
    expect(existsSync(join(project.root, 'kinds/turn.mjs'))).toBe(true);
    const after = readdirSync(tmpdir()).filter((name) => name.startsWith('demiurge-replay-'));
    expect(after.length).toBeLessThanOrEqual(before.length);
  });

  it('refuses a kept text that was altered', async () => {
    project.write('small.yaml', 'title: Other\n');
    writeFileSync(join(run.folder, 'sources/small.yaml'), 'title: Forged\n');
    await expect(again()).rejects.toThrow('the copy of small.yaml is altered');
    expect(existsSync(join(project.home, 'again'))).toBe(false);
  });

  it('says beforehand that recordings have changed, and finds out what that did', async () => {
    project.write('corpus/take1.wav', noise(9, 2));
    project.write('corpus/take2.wav', noise(8, 2));
    const { certificate } = await again();
    const [note] = certificate.foreseen.filter(({ risk }) => risk);
    expect(note?.says).toBe('corpus/take1.wav and 1 more recordings have changed');
    expect(certificate.first).toMatchObject({ agent: 'past', id: 'past.1', what: ['hash'] });
  });

  it('says beforehand what the journal holds that nothing makes happen again', async () => {
    const died = { type: 'happened', time: 9, what: 'died', agent: 'turn' } as const;
    const records = [...run.ownRecords(), died];
    const { foreseen, close } = await loadReplayed({
      ...run,
      *ownRecords() {
        yield* records;
      },
    });
    close();
    expect(foreseen.map(({ says }) => says)).toContain(
      'turn died, once: nothing makes that happen again',
    );
  });

  it('refuses a model that is missing or has other weights, by its name and hash', async () => {
    const hash = 'a'.repeat(64);
    const model = { role: 'voice', run: 'una0ordi', hash, trained: true };
    rewrite((record) => ({ ...record, models: [model] }));
    await expect(again()).rejects.toThrow(/model una0ordi, which played voice.*a{64}/);
    rewrite((record) => ({ ...record, models: [{ ...model, run: 'nobody00' }] }));
    await expect(again()).rejects.toThrow('nobody00, which played voice, is not in the registry');
  });
});

describe('a kind that is put in place of another', () => {
  const replaced = (agent: string, kind: string) =>
    loadReplayed(run, { replace: { [agent]: kind } });

  it('must have the ports that the links use', async () => {
    await expect(replaced('turn', 'guard')).rejects.toThrow('the links do not fit');
  });

  it('must be known, as must the agent', async () => {
    await expect(replaced('turn', 'gaurd')).rejects.toThrow('there is no kind "gaurd"');
    await expect(replaced('trun', 'guard')).rejects.toThrow('there is no agent "trun"');
  });

  it('may not need params or models that it has not got', async () => {
    await expect(replaced('past', 'corpus')).rejects.toThrow('corpus cannot do without params');
  });
});
