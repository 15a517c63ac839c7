// A recording is decoded in a thread of its own, and then is a first word like any other.
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import type { ControlRecord, JournalRecord } from '../../../src/archive/index.js';
import { WavWriter } from '../../../src/audio/index.js';
import type { Scenario } from '../../../src/scenarios/index.js';
import { plannedFrom } from '../../../src/swarm/index.js';
import type { ControlRequest } from '../../../src/telemetry/index.js';
import { play } from '../play.js';
import { guarded } from './guarded.js';
import { saidBy, steered } from './steered-play.js';

const live = { clock: 'real', endless: true } as const;

const controlsOf = (records: readonly JournalRecord[]): ControlRecord[] =>
  records.filter((record) => record.type === 'control');

describe('an injected recording', () => {
  const homes: string[] = [];
  afterEach(() => {
    for (const home of homes.splice(0)) rmSync(home, { recursive: true, force: true });
  });

  function project(seconds = 0.2): Scenario {
    const home = mkdtempSync(join(tmpdir(), 'demiurge-inject-'));
    homes.push(home);
    mkdirSync(join(home, 'piece'));
    writeFileSync(join(home, 'piece', 'package.json'), '{}');
    for (const file of ['piece/voice.wav', 'secret.wav']) {
      const wav = new WavWriter(join(home, file), {
        sampleRate: 1000,
        channels: 1,
        format: '32f',
      });
      const samples = Math.round(seconds * 1000);
      wav.write([Float32Array.from({ length: samples }, (_, i) => Math.sin(i / 3) / 4)]);
      wav.close();
    }
    return { ...guarded(), file: join(home, 'piece', 'piece.yaml'), folder: join(home, 'piece') };
  }

  const inject = (file: string): ControlRequest => {
    return { name: 'inject', agent: 'left', port: 'audio', file };
  };

  it('can be a second of noise, the same for the same seed, and is repeated too', async () => {
    const piece = project();
    const seeds = [7, 8, 7].map((seed, i) => {
      const control: ControlRequest = { name: 'seed', agent: 'left', port: 'audio', seed };
      return { after: 6 + 8 * i, control };
    });
    const first = await steered(piece, seeds, live);
    expect(first.answers.map(({ done }) => done)).toEqual([true, true, true]);
    const said = saidBy(first.records, 'control.audio');
    expect(said.map(({ origins }) => origins?.[0]?.[0])).toEqual(['seed 7', 'seed 8', 'seed 7']);
    expect(said[0]?.hash).toBe(said[2]?.hash);
    expect(said[0]?.hash).not.toBe(said[1]?.hash);
    const again = await play(piece, {
      clock: 'virtual',
      durationSeconds: first.summary.logicalSeconds,
      plannedControls: plannedFrom(controlsOf(first.records)),
    });
    expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
  });

  it('is said by control, cited by who hears it, and repeated from the journal', async () => {
    const piece = project();
    const cues = [6, 20].map((after) => ({ after, control: inject('./voice.wav') }));
    const first = await steered(piece, cues, live);
    expect(first.answers.map(({ done }) => done)).toEqual([true, true]);
    const said = saidBy(first.records, 'control.audio');
    expect(said.map(({ id, lap, origins }) => ({ id, lap, origins }))).toEqual([
      { id: 'control.1', lap: 0, origins: [['voice.wav', 0]] },
      { id: 'control.2', lap: 0, origins: [['voice.wav', 0]] },
    ]);
    expect(said[0]?.hash).toMatch(/^[0-9a-f]{64}$/);
    const place = (id: string): number =>
      first.records.findIndex((record) => record.type === 'said' && record.id === id);
    const child = saidBy(first.records, 'left.audio').find(
      (r) => r.parents[0]?.[0] === 'control.1',
    );
    expect(child?.time).toBe(said[0]?.time);
    expect(place(child?.id as string)).toBeGreaterThan(place('control.1'));
    expect(first.summary.links.at(-1)).toMatchObject({
      from: 'control.audio',
      to: 'left.audio',
      sent: 2,
      delivered: 2,
      inFlight: 0,
    });
    const { logicalSeconds } = first.summary;
    const again = await play(piece, {
      clock: 'virtual',
      durationSeconds: logicalSeconds,
      plannedControls: plannedFrom(first.records),
    });
    expect(again.summary.journal.digest).toBe(first.summary.journal.digest);
    expect(again.audio).toEqual(first.audio);
  });

  it('is dropped and counted like any other message where the inbox is full', async () => {
    const piece = project();
    const narrow = { ...piece, limits: { ...piece.limits, inbox: 1 } };
    const control = inject('voice.wav');
    // The source speaks at 500, and it was there first.
    const plannedControls = [500, 575].map((time) => ({ time, control }));
    const { records, summary } = await play(narrow, { durationSeconds: 1, plannedControls });
    expect(records.filter(({ type }) => type === 'dropped')).toContainEqual({
      type: 'dropped',
      id: 'control.1',
      time: 500,
      link: 'control.audio -> left.audio',
      reason: 'brim',
    });
    const door = summary.links.find(({ from }) => from === 'control.audio');
    expect(door).toMatchObject({ sent: 2, delivered: 1, dropped: 1, inFlight: 0 });
  });

  it('may be named by its whole path, and is journaled by that from the scenario', async () => {
    const piece = project();
    const file = join(piece.folder, 'voice.wav');
    const { records } = await steered(piece, [{ after: 4, control: inject(file) }], live);
    expect(controlsOf(records)).toMatchObject([{ control: { file: 'voice.wav' } }]);
  });

  it('is refused from outside the project, when there is none, and when it is long', async () => {
    const piece = project(70);
    const files = ['../secret.wav', '/etc/hostname', 'voice.wave', 'voice.wav', 'package.json'];
    const cues = files.map((file, i) => ({ after: i, control: inject(file) }));
    const { answers, records } = await steered(piece, cues, live);
    expect(existsSync(join(piece.folder, '../secret.wav'))).toBe(true);
    const expected = ['leads out of the project', 'leads out', 'there is nothing at', '70.0 s'];
    for (const [i, says] of expected.entries()) expect(answers[i]?.says).toContain(says);
    expect(answers.map(({ done }) => done)).toEqual([false, false, false, false, false]);
    expect(controlsOf(records)).toEqual([]);
  });
});
