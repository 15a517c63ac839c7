// What a swarm does with sound that holds numbers that are none: fault 16.
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import type { HappenedRecord, JournalRecord, SaidRecord } from '../../src/archive/index.js';
import { readBlob, signalOf } from '../../src/archive/index.js';
import type { Audio } from '../../src/core/index.js';
import { enterInto, makeRoom, playInto } from '../replay/entered.js';
import { audioLink, casting, play, scenario } from './play.js';
import filter, { ended } from './poisoned-filter.js';
import { echo, watched } from './telemetry/watched.js';

const recorder = BUILT_IN_KINDS.get('recorder') as typeof filter;
const room = makeRoom();
afterAll(() => room.leave());

const piece = (written: Record<string, unknown>) =>
  scenario(
    [casting('voice', written, filter), casting('echo', {}, echo), casting('out', {}, recorder)],
    [audioLink('voice', 'echo'), audioLink('echo', 'out')],
  );

function told(records: readonly JournalRecord[]): (readonly [string, number])[] {
  return records
    .filter((record): record is HappenedRecord => record.type === 'happened')
    .map(({ what, agent, time }) => [`${agent} ${what}`, time / 1000] as const);
}

describe('a sound with one NaN', () => {
  it('is heard and kept with the NaN faded out over 5 ms, and counted', async () => {
    const outFolder = room.folder();
    const records = await playInto(outFolder, piece({ spoilt: [3] }), {});
    expect(told(records)).toEqual([['voice scrubbed', 3]]);
    for (const id of ['voice.4', 'echo.4']) {
      const said = records.find((record) => record.type === 'said' && record.id === id);
      const bytes = await readBlob(join(outFolder, 'blobs'), (said as SaidRecord).hash ?? '');
      const { channels } = signalOf(said as SaidRecord, bytes as Uint8Array) as Audio;
      const samples = channels[0] as Float32Array;
      expect([...samples.subarray(194, 207)].map((x) => Number(x.toFixed(2)))).toEqual([
        0.5, 0.5, 0.4, 0.3, 0.2, 0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.5,
      ]);
    }
  });

  it('fails no step, and nothing after it is spoilt', async () => {
    const { summary } = await play(piece({ spoilt: [3] }));
    const counts = summary.agents.map(({ id, emitted, failures, scrubbed }) => {
      return [id, emitted, failures, scrubbed];
    });
    expect(counts).toEqual([
      ['voice', 20, 0, 1],
      ['echo', 20, 0, 0],
      ['out', 0, 0, 0],
    ]);
  });

  it('is told within the second, and is over ten seconds later', async () => {
    const { alerts } = await watched(piece({ spoilt: [3] }), { durationSeconds: 20 });
    const [begun, over] = alerts.filter(({ word }) => word === 'SCRUBBED');
    expect(begun).toMatchObject({ subject: 'voice', level: 'look' });
    // Nobody waits for a watcher: on the virtual clock agents run a little ahead of what is told.
    expect(begun?.since).toBeLessThanOrEqual(3);
    expect(begun?.says).toContain('1 samples on "audio" were no numbers');
    expect((over?.over ?? 0) - (begun?.since ?? 0)).toBeGreaterThan(10);
  });
});

describe('an agent that is poisoned', () => {
  it('begins anew after three spoilt sounds within ten seconds, and is well', async () => {
    ended.length = 0;
    const { summary, records } = await play(piece({ spoilt: [3], stays: true }));
    expect(ended).toEqual([6, 14]);
    expect(told(records)).toEqual([
      ['voice scrubbed', 3],
      ['voice scrubbed', 4],
      ['voice scrubbed', 5],
      ['voice renewed', 5],
    ]);
    expect(summary.agents[0]).toMatchObject({ emitted: 20, restarts: 1, scrubbed: 3 });
  });

  it('is left alone when three lie further apart', async () => {
    const { summary } = await play(piece({ spoilt: [1, 6, 11, 16] }));
    expect(summary.agents[0]).toMatchObject({ restarts: 0, scrubbed: 4 });
  });

  it('does so in every run alike, also in one entered between two spoilt sounds', async () => {
    const poisoned = piece({ spoilt: [3, 14], stays: true });
    const options = { durationSeconds: 20, checkpoints: { everySeconds: 5 } };
    const base = room.folder();
    const records = await playInto(base, poisoned, options);
    expect(await playInto(room.folder(), poisoned, options)).toEqual(records);
    const time = 15_000;
    const entered = await enterInto(room.folder(), { piece: poisoned, base, time }, options);
    expect(told(entered).slice(-2)).toEqual([
      ['voice scrubbed', 16],
      ['voice renewed', 16],
    ]);
    expect(entered).toEqual(records.filter((record) => record.time >= time));
  });
});
