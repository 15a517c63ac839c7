import { describe, expect, it } from 'vitest';
import { scenarioDocs, scenarioJsonSchema } from '../../src/scenarios/index.js';
import { SHAPES } from '../../src/topologies/index.js';
import { KINDS } from './desk.js';

type Json = { readonly [key: string]: Json } & readonly Json[];

describe('what the schema says elsewhere', () => {
  it('in the docs, every key, kind, param and topology', () => {
    const docs = scenarioDocs(KINDS);
    for (const word of ['seed', 'expose', 'archiveBytes', 'probability', 'folder', 'mood']) {
      expect(docs).toContain(`| \`${word}\` |`);
    }
    for (const kind of KINDS.values())
      expect(docs).toContain(`### ${kind.kind}\n\n${kind.summary}`);
    for (const shape of SHAPES.values()) expect(docs).toContain(`### ${shape.name}\n\n`);
    expect(docs).toContain('| `mood` | calm, wild | calm | how it sounds |');
    expect(docs).not.toMatch(/undefined|\[object/);
  });

  it('to editors, the params of each kind and nothing else', () => {
    const schema = scenarioJsonSchema(KINDS) as unknown as Json;
    const source = schema.properties?.agents?.additionalProperties?.anyOf?.[0];
    expect(Object.keys(source?.properties ?? {})).toEqual([
      'kind',
      'isolation',
      'folder',
      'gain',
      'mood',
    ]);
    expect(source).toMatchObject({ required: ['kind'], additionalProperties: false });
    expect(schema).toMatchObject({ required: ['agents'], additionalProperties: false });
  });

  it('to editors as plain JSON that can be written to a file', () => {
    const schema = scenarioJsonSchema(KINDS);
    expect(JSON.parse(JSON.stringify(schema))).toEqual(schema);
  });
});
