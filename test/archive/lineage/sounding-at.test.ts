import { describe, expect, it } from 'vitest';
import type { ControlRecord, JournalRecord, RunRecord } from '../../../src/archive/index.js';
import { openIndex, openRun, soundingAt } from '../../../src/archive/index.js';
import { SMALL, SMALL_RUN, link, withFolder, writeRun } from '../run-on-disk.js';

const control = (time: number, what: ControlRecord['control']): ControlRecord => ({
  type: 'control',
  time,
  id: 1,
  control: what,
});

async function heardAt(
  time: number,
  records: readonly JournalRecord[] = SMALL,
  more: Partial<RunRecord> = SMALL_RUN,
): Promise<readonly string[]> {
  return withFolder(async (folder) => {
    const index = await openIndex(openRun(writeRun(folder, records, more)));
    const { sounds } = soundingAt(index, time);
    const ids = sounds.map((n) => index.id(n));
    index.close();
    return ids;
  });
}

describe('what sounded at a time', () => {
  it('is the sound that a link led to a recorder, from its first sample to its last', async () => {
    expect(await heardAt(0)).toEqual(['grains.1']);
    expect(await heardAt(499)).toEqual(['grains.1']);
    expect(await heardAt(500)).toEqual([]);
    expect(await heardAt(999)).toEqual([]);
    expect(await heardAt(1000)).toEqual(['grains.2']);
    expect(await heardAt(3499)).toEqual(['grains.3']);
  });

  it('comes later where a returning link leads to the recorder', async () => {
    const late = { ...link('past.audio', 'out.audio'), way: 'returns', delaySamples: 300 } as const;
    const more = { ...SMALL_RUN, links: [late] };
    expect(await heardAt(299, SMALL, more)).toEqual([]);
    expect(await heardAt(300, SMALL, more)).toEqual(['past.1']);
    expect(await heardAt(2299, SMALL, more)).toEqual(['past.1']);
    expect(await heardAt(2300, SMALL, more)).toEqual([]);
  });

  it('is any sound in a run that names no recorder', async () => {
    expect(await heardAt(0, SMALL, {})).toEqual(['past.1', 'grains.1']);
  });

  it('leaves out what was dropped on the way', async () => {
    const drop = (name: string): JournalRecord => ({
      type: 'dropped',
      id: 'grains.1',
      time: 0,
      link: name,
      reason: 'brim',
    });
    expect(await heardAt(0, [...SMALL, drop('grains.audio -> out.audio')])).toEqual([]);
    const elsewhere = drop('grains.audio ~> una.audio');
    expect(await heardAt(0, [...SMALL, elsewhere])).toEqual(['grains.1']);
  });

  it.each([
    ['mute', { name: 'mute', agent: 'grains', on: true }, { name: 'mute', agent: 'grains' }],
    ['quiet', { name: 'quiet', on: true }, { name: 'quiet' }],
    ['solo', { name: 'solo', agent: 'past', on: true }, { name: 'solo', agent: 'past' }],
  ] as const)('heeds a %s from its time until it is taken back', async (_, on, off) => {
    const records = [control(1000, on), control(2000, { ...off, on: false }), ...SMALL];
    expect(await heardAt(0, records)).toEqual(['grains.1']);
    expect(await heardAt(1000, records)).toEqual([]);
    expect(await heardAt(2000, records)).toEqual(['grains.3']);
  });

  it('heeds a gain of nothing', async () => {
    const records = [control(1000, { name: 'gain', link: 3, gain: 0 }), ...SMALL];
    expect(await heardAt(0, records)).toEqual(['grains.1']);
    expect(await heardAt(1000, records)).toEqual([]);
  });
});
