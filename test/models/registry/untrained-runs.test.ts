import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createNamedUntrainedRun, UNTRAINED_RUN_IDS, listRuns } from '../../../src/models/index.js';
import { scratchFolder } from './scratch.js';

const shipped = new URL('../../fixtures/runs/', import.meta.url).pathname;
const registry = scratchFolder();

describe('the untrained runs', () => {
  it.each(UNTRAINED_RUN_IDS)('makes %s again byte for byte', async (id) => {
    const { folder } = await createNamedUntrainedRun(id, { registry });
    const files = readdirSync(folder);
    expect(files.sort()).toEqual(readdirSync(join(shipped, id)).sort());
    for (const file of files) {
      const [again, kept] = [join(folder, file), join(shipped, id, file)].map((path) =>
        readFileSync(path),
      ) as [Buffer, Buffer];
      expect(again.equals(kept), `${id}/${file}`).toBe(true);
    }
  });

  it('say that they are untrained', async () => {
    const { runs } = await listRuns({ registry: shipped });
    expect(runs.map(({ id }) => id).sort()).toEqual([...UNTRAINED_RUN_IDS].sort());
    expect(runs.some(({ trained }) => trained)).toBe(false);
  });

  it('stay below 6 MB together', () => {
    const sizes = UNTRAINED_RUN_IDS.flatMap((id) =>
      readdirSync(join(shipped, id)).map((file) => statSync(join(shipped, id, file)).size),
    );
    expect(sizes.reduce((sum, size) => sum + size, 0)).toBeLessThan(6e6);
  });
});
