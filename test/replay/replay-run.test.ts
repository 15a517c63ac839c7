// A run is played again from its folder, and what comes of it is the same, byte for byte.
import { readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunArchive, hashOf, openRun } from '../../src/archive/index.js';
import { certificateOf, certificatesApart, forkRun, replayRun } from '../../src/replay/index.js';
import type { ReplayCertificate, ReplayOptions } from '../../src/replay/index.js';
import { type SmallProject, noise, smallProject, turnKind } from './small-project.js';

let project: SmallProject;
beforeEach(() => {
  project = smallProject();
});
afterEach(() => project.remove());

async function replayed(
  run: RunArchive,
  options: Partial<ReplayOptions> = {},
): Promise<ReplayCertificate> {
  const outFolder = join(project.home, 'again');
  return (await replayRun(run, { outFolder, ...options })).certificate;
}

function hashesIn(folder: string): string[] {
  return readdirSync(folder).map((name) => `${name} ${hashOf(readFileSync(join(folder, name)))}`);
}

describe('a run that is played again', () => {
  it('repeats five minutes byte for byte, journal and sound', { timeout: 120_000 }, async () => {
    const run = await project.run('run', { durationSeconds: 300 });
    const certificate = await replayed(run);
    expect(certificate.verdict).toBe('identical');
    expect(certificate.compared).toBeGreaterThan(1000);
    const again = openRun(join(project.home, 'again'));
    for (const room of ['journal', 'audio']) {
      expect(hashesIn(join(again.folder, room))).toEqual(hashesIn(join(run.folder, room)));
    }
    expect(certificatesApart(await certificateOf(run), certificate.replay)).toEqual([]);
    expect(again.record.origin).toMatchObject({ how: 'replay', run: run.record.run, at: 0 });
    const kept = readFileSync(join(again.folder, 'certificate.json'), 'utf8');
    expect(JSON.parse(kept).verdict).toBe('identical');
  });

  it('names a planted change: the first envelope, its agent, its equal parent', async () => {
    const run = await project.run('run');
    project.write('kinds/other.mjs', turnKind({ kind: 'other', from: 12 }));
    const heard: string[] = [];
    const { verdict, first, spread, audio } = await replayed(run, {
      replace: { turn: join(project.root, 'kinds/other.mjs') },
      onDifference: ({ id }) => heard.push(id),
    });
    expect(verdict).toBe('different');
    expect(first).toMatchObject({ how: 'changed', id: 'turn.13', agent: 'turn', port: 'turn.out' });
    expect(first?.what).toEqual(['hash']);
    expect(first?.parents).toEqual([{ id: expect.any(String), of: 'both' }]);
    expect(heard).toEqual(['turn.13']);
    expect(spread['past']).toMatchObject({ changed: 0, missing: 0, extra: 0 });
    expect(spread['room/wall']?.changed).toBeGreaterThan(0);
    expect(audio[0]).toMatchObject({ verdict: 'different' });
    expect(audio[0]?.firstSeconds).toBeCloseTo((first?.time ?? 0) / 8000, 1);
  });

  it('plays no further than it is asked to, and is the same so far', async () => {
    const run = await project.run('run');
    const { verdict, compared, audio } = await replayed(run, { untilSeconds: 3.3 });
    expect(verdict).toBe('identical');
    expect(compared).toBeLessThan([...run.records()].length);
    expect(audio[0]?.verdict).toBe('part');
  });

  it('begins where it is asked to, in the state that the run was in then', async () => {
    const run = await project.run('run');
    const { verdict, fromSeconds, compared, audio, original, replay } = await replayed(run, {
      fromSeconds: 5.1,
    });
    expect([verdict, fromSeconds]).toEqual(['identical', 5.1]);
    expect(compared).toBeLessThan([...run.records()].length);
    expect(replay.agents).toEqual(original.agents);
    expect(audio[0]?.verdict).toBe('part');
    const again = openRun(join(project.home, 'again'));
    expect([...again.records()].length).toBeGreaterThan(compared);
    const last = [...again.records()].findLast((record) => record.type === 'said');
    if (last?.type === 'said') await expect(again.signal(last)).resolves.toBeDefined();
  });

  it('begins where the run did, when that was a fork', async () => {
    const run = await project.run('run');
    const outFolder = join(project.home, 'fork');
    await forkRun(run, { atSeconds: 4, outFolder, seed: 9 });
    const fork = openRun(outFolder);
    const whole = await replayed(fork);
    expect([whole.verdict, whole.fromSeconds]).toEqual(['identical', 4]);
    expect(whole.audio[0]?.verdict).toBe('equal');
    const third = join(project.home, 'third');
    const part = await replayed(fork, { fromSeconds: 7, untilSeconds: 9, outFolder: third });
    expect([part.verdict, part.audio[0]?.verdict]).toEqual(['identical', 'part']);
  });

  it('gives the same bytes on the real clock, however fast', async () => {
    const run = await project.run('run');
    expect((await replayed(run, { speed: 400 })).verdict).toBe('identical');
  });

  it('is repeated as long as it had played when it was stopped', async () => {
    const stop = new AbortController();
    const run = await project.run('run', {
      durationSeconds: 300,
      signal: stop.signal,
      onEvent: (event) => event.type === 'said' && event.envelope.id === 'turn.9' && stop.abort(),
    });
    const { verdict, seconds } = await replayed(run);
    expect(verdict).toBe('identical');
    expect(seconds).toBeLessThan(300);
  });

  it('is compared up to its last moment when it was cut off', async () => {
    const run = await project.run('run');
    rmSync(join(run.folder, 'summary.json'));
    const { verdict, cutOff } = await replayed(run);
    expect([verdict, cutOff]).toEqual(['identical', true]);
  });

  it('can itself be played again', async () => {
    const run = await project.run('run');
    await replayed(run);
    const again = openRun(join(project.home, 'again'));
    const outFolder = join(project.home, 'third');
    expect((await replayed(again, { outFolder })).verdict).toBe('identical');
  });

  it('repeats what hands did to it, with the injected sound from its archive', async () => {
    const file = join(project.root, 'cry.wav');
    writeFileSync(file, noise(3, 0.5));
    let asked = false;
    const answers: Promise<{ done: boolean; says: string }>[] = [];
    let steer: ((control: never) => Promise<{ done: boolean; says: string }>) | undefined;
    const ask = (control: unknown): void => {
      answers.push((steer as NonNullable<typeof steer>)(control as never));
    };
    const run = await project.run('run', {
      clock: 'real',
      speed: 8,
      controls: (given) => {
        steer = given as typeof steer;
      },
      onEvent: (event) => {
        if (event.type !== 'said' || asked || event.envelope.time < 8000) return;
        asked = true;
        ask({ name: 'inject', agent: 'turn', port: 'in', file: 'cry.wav' });
        ask({ name: 'seed', agent: 'turn', port: 'in', seed: 4 });
        ask({ name: 'gain', link: 3, gain: 0.3 });
      },
    });
    expect((await Promise.all(answers)).map(({ done }) => done)).toEqual([true, true, true]);
    rmSync(file);
    const { verdict, original } = await replayed(run);
    expect(original.agents['control']?.said).toBe(2);
    expect(verdict).toBe('identical');
  });

  it('is found again when its project has moved, and asks for it', async () => {
    const run = await project.run('run');
    const moved = join(project.home, 'moved');
    renameSync(project.root, moved);
    await expect(replayed(run)).rejects.toThrow('--project');
    expect((await replayed(run, { project: moved })).verdict).toBe('identical');
  });
});
