// An agent that is started anew has not forgotten everything: it is what it was at the latest
// checkpoint, as far as that can be kept.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { type AnyAgentKind, BUILT_IN_KINDS } from '../../src/agents/index.js';
import { type HappenedRecord, type JournalRecord, openRun } from '../../src/archive/index.js';
import { wavInfo } from '../../src/audio/index.js';
import type { Casting } from '../../src/scenarios/index.js';
import { foresee } from '../../src/replay/foreseen.js';
import type { RunOptions } from '../../src/swarm/index.js';
import { audioLink, casting, link, play, scenario } from '../swarm/play.js';
import { singer } from '../swarm/telemetry/watched.js';
import stuck from './stuck-relay.js';

const kindFile = new URL('./stuck-relay.ts', import.meta.url).pathname;

/** Five messages to `b`, one every 10 ms; a checkpoint between the third and the fourth. */
function pieceWith(b: Casting) {
  const cast = [casting('a', { every: 0.01, count: 5 }), b];
  return scenario(cast, [link('a', 'b')], { supervision: { hangSeconds: 0.3 } });
}

const AT: Partial<RunOptions> = { checkpoints: { at: [25] } };

/** How many messages the agent had heard before, each time it spoke. */
function counts(records: readonly JournalRecord[]): number[] {
  return records.flatMap((r) =>
    r.type === 'said' && r.from === 'b.out' ? [(r.form as { readonly value: number }).value] : [],
  );
}

function restarts(records: readonly JournalRecord[]): (string | undefined)[] {
  const happened = records.filter((r): r is HappenedRecord => r.type === 'happened');
  return happened.filter(({ what }) => what === 'restarted').map(({ says }) => says);
}

describe('an agent that is started anew', () => {
  it.each([
    ['dies', 'process'],
    ['hangs', 'inline'],
  ] as const)(
    'after it %s (%s) is what it was at the latest checkpoint',
    async (fault, isolation) => {
      const b = { ...casting('b', { [fault]: ['a.4'] }, stuck), isolation, kindFile } as const;
      const { records } = await play(pieceWith(b), AT);
      expect(counts(records)).toEqual([0, 1, 2, 3]);
      expect(restarts(records)).toEqual(['with its memory of 0.025 s']);
    },
  );

  it('begins with nothing before there is one', async () => {
    const { records } = await play(pieceWith(casting('b', { hangs: ['a.2'] }, stuck)), AT);
    expect(counts(records)).toEqual([0, 0, 1, 2]);
    expect(restarts(records)).toEqual(['with nothing: no checkpoint holds anything of it']);
  });

  it('begins with nothing where its kind cannot be kept', async () => {
    const kind: AnyAgentKind = { ...stuck, unkept: 'it lies in files that grow' };
    const { records } = await play(pieceWith(casting('b', { hangs: ['a.4'] }, kind)), AT);
    expect(counts(records)).toEqual([0, 1, 2, 0]);
    expect(restarts(records)).toEqual(['with nothing: no checkpoint holds anything of it']);
  });

  it('begins with nothing where what was kept cannot be taken up', async () => {
    const restore = (): never => {
      throw new Error('the arrays are gone');
    };
    const kind: AnyAgentKind = { ...stuck, restore };
    const { records } = await play(pieceWith(casting('b', { hangs: ['a.4'] }, kind)), AT);
    expect(counts(records)).toEqual([0, 1, 2, 0]);
    expect(restarts(records)).toEqual(['with nothing: the arrays are gone']);
  });
});

describe('a run with deaths', () => {
  it('is foreseen not to repeat, and a recorder goes on in a file from then on', async () => {
    const home = mkdtempSync(join(tmpdir(), 'demiurge-memory-'));
    onTestFinished(() => rmSync(home, { recursive: true, force: true }));
    const outFolder = join(home, 'run');
    const recorder = BUILT_IN_KINDS.get('recorder') as AnyAgentKind;
    let steps = 0;
    const kind: AnyAgentKind = {
      ...recorder,
      async receive(...step) {
        if (++steps === 6) await new Promise<never>(() => {});
        return recorder.receive(...step);
      },
    };
    const cast = [casting('voice', { every: 0.5, lasts: 0.4 }, singer), casting('out', {}, kind)];
    const links = [audioLink('voice', 'out')];
    const piece = scenario(cast, links, { supervision: { hangSeconds: 0.3 } });
    const options = { outFolder, durationSeconds: 4, checkpoints: { everySeconds: 1 } };
    const { records, summary } = await play(piece, options);
    expect(restarts(records)).toHaveLength(1);
    const back = records.find((r) => r.type === 'happened' && r.what === 'restarted');
    const second = wavInfo(join(outFolder, 'audio', 'out.2.wav'));
    expect(second.frames).toBe(4000 - (back?.time ?? 0));
    expect(summary.audio.map(({ rmsDb }) => rmsDb !== null)).toEqual([true, true]);
    const notes = await foresee(openRun(outFolder), piece);
    expect(notes.filter(({ risk }) => risk).map(({ says }) => says)).toContain(
      'out restarted, once: nothing makes that happen again',
    );
  });
});
