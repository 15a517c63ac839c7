import { describe, expect, it } from 'vitest';
import type { ProvDocument, RunRecord } from '../../../src/archive/index.js';
import { ancestryOf, openIndex, openRun, provJson } from '../../../src/archive/index.js';
import { SMALL, SMALL_RUN, sayings, withFolder, writeRun } from '../run-on-disk.js';

async function documentOf(id: string, more: Partial<RunRecord> = {}): Promise<ProvDocument> {
  return withFolder(async (folder) => {
    const muted = { name: 'mute', agent: 'past', on: true } as const;
    const records = [
      ...SMALL,
      { type: 'control', time: 1500, id: 1, control: muted } as const,
      ...sayings([['odd name/é.1', { time: 3000, of: ['grains.3', 'ghost.1'] }]]),
    ];
    const run = openRun(writeRun(folder, records, { ...SMALL_RUN, ...more }));
    const index = await openIndex(run);
    const document = provJson(index, ancestryOf(index, [index.find(id) as number]));
    index.close();
    return document;
  });
}

/** What PROV-JSON demands of each relation, and where what it names must be declared. */
const ENDS = {
  wasGeneratedBy: { 'prov:entity': 'entity', 'prov:activity': 'activity' },
  used: { 'prov:activity': 'activity', 'prov:entity': 'entity' },
  wasDerivedFrom: {
    'prov:generatedEntity': 'entity',
    'prov:usedEntity': 'entity',
    'prov:activity': 'activity',
  },
  wasAssociatedWith: { 'prov:activity': 'activity', 'prov:agent': 'agent' },
} as const;

describe('kin as W3C PROV-JSON', () => {
  it('of a small run is as written down', async () => {
    const text = `${JSON.stringify(await documentOf('grains.2'), undefined, 2)}\n`;
    await expect(text).toMatchFileSnapshot('small-run.prov.json');
  });

  it('declares everything that its relations name, under a declared prefix', async () => {
    const document = await documentOf('odd name/é.1');
    const names = (['entity', 'activity', 'agent'] as const).flatMap((kind) =>
      Object.keys(document[kind]),
    );
    for (const name of names) {
      const [prefix = '', local = ''] = name.split(/:(.*)/s);
      expect(document.prefix).toHaveProperty(prefix);
      expect(local).toMatch(/^[\w.%/-]+$/);
    }
    for (const [relation, ends] of Object.entries(ENDS)) {
      const statements = Object.values(document[relation as keyof typeof ENDS]);
      expect(statements.length).toBeGreaterThan(0);
      for (const statement of statements) {
        for (const [end, kind] of Object.entries(ends)) {
          expect(Object.keys(document[kind])).toContain(statement[end]);
        }
      }
    }
  });

  it('says every parent of every envelope, recordings, models and what is missing', async () => {
    const { entity, wasDerivedFrom, used } = await documentOf('odd name/é.1');
    expect(Object.keys(wasDerivedFrom)).toHaveLength(
      SMALL.flatMap((one) => one.parents).length + 3,
    );
    expect(entity['env:ghost.1']).toEqual({ 'demiurge:missing': true });
    expect(entity).toHaveProperty(['file:violin.flac']);
    expect(entity['model:una0ordi']).toMatchObject({ 'demiurge:sha256': 'ab12' });
    expect(Object.values(used)).toContainEqual({
      'prov:activity': 'step:una.1',
      'prov:entity': 'model:una0ordi',
    });
  });

  it('gives wall times to what was played on the real clock', async () => {
    const { activity, wasGeneratedBy } = await documentOf('grains.2', { clock: 'real' });
    expect(activity['step:grains.2']).toMatchObject({
      'prov:startTime': '2026-01-02T03:04:06.000Z',
    });
    expect(Object.values(wasGeneratedBy).every((one) => 'prov:time' in one)).toBe(true);
  });
});
