import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRuns, type NetworkKind } from '../../../src/models/index.js';

const registry = new URL('../../../models/', import.meta.url).pathname;
const SEQUENCERS: readonly NetworkKind[] = [
  'lstm',
  'lstm-encoder-decoder',
  'transformer-encoder-only',
  'transformer',
];

describe('the models that come along', () => {
  it('are trained, whole, and of every kind that a scenario may ask for', async () => {
    const { runs, broken } = await listRuns({ registry });
    expect(broken).toEqual([]);
    expect(runs.every(({ trained }) => trained)).toBe(true);
    const kinds = new Set(runs.map(({ kind }) => kind));
    for (const kind of ['una-gan', 'mel-gan', ...SEQUENCERS] as const) {
      expect(kinds.has(kind), kind).toBe(true);
    }
  });

  it.each(SEQUENCERS)('foretell what was held out better than their peers: %s', async (kind) => {
    const { runs } = await listRuns({ registry });
    const { id } = runs.find((run) => run.kind === kind)!;
    const card = readFileSync(join(registry, id, 'card.md'), 'utf8');
    const figures = JSON.parse(/```json\n(\{.*?\n\})/s.exec(card)![1]!) as Record<string, number>;
    expect(figures['steps']).toBe(40);
    expect(figures['sequencer']).toBeLessThan(0.9 * figures['mean']!);
    expect(figures['sequencer']).toBeLessThan(0.9 * figures['persistence']!);
  });

  it('stay below 40 MB together', () => {
    const files = readdirSync(registry, { recursive: true }) as string[];
    const sizes = files.map((file) => statSync(join(registry, file))).map(({ size }) => size);
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(40e6);
  });
});
