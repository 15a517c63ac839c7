import { readdirSync, readFileSync } from 'node:fs';
import { parse } from 'yaml';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { scenarioJsonSchema } from '../../src/scenarios/index.js';

const folder = new URL('../../scenarios/', import.meta.url);
const files = readdirSync(folder).filter((name) => /^(\d\d-.*|babel)\.yaml$/.test(name));
const read = (name: string): string => readFileSync(new URL(name, folder), 'utf8');

describe('the reading path', () => {
  it('is at least eight scenarios long, numbered, and ends in Babel', () => {
    expect(files.length).toBeGreaterThanOrEqual(9);
    const numbers = files.slice(0, -1).map((name) => Number(name.slice(0, 2)));
    expect(numbers).toEqual(numbers.map((_, i) => i + 1));
    expect(files.at(-1)).toBe('babel.yaml');
  });

  it.each(files)('%s begins by saying what it teaches', (name) => {
    const [first, second] = read(name).split('\n');
    expect(first).toMatch(/^# .+[.:,]|^# .+ a$/);
    expect(second).toMatch(/^#/);
  });

  it.each(files)('%s is accepted by the schema for editors', (name) => {
    const schema = z.fromJSONSchema(scenarioJsonSchema(BUILT_IN_KINDS) as never);
    const result = schema.safeParse(parse(read(name)));
    expect(result.error?.issues).toBeUndefined();
  });

  it.each([
    ['agents: { a: { kind: mixer, gian: 1 } }'],
    ['agents: { a: { kind: mixer } }\nlinks: [a.audio => a.audio]'],
    ['agents: { a: { kind: mixer } }\nsede: 1'],
  ])('is told by that schema from %j', (text) => {
    const schema = z.fromJSONSchema(scenarioJsonSchema(BUILT_IN_KINDS) as never);
    expect(schema.safeParse(parse(text)).success).toBe(false);
  });

  it('has a kind of its own in fewer than forty lines', () => {
    expect(read('kinds/canon.ts').split('\n').length).toBeLessThan(40);
  });
});
