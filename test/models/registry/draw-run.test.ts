import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import {
  chooseRun,
  createUntrainedRun,
  drawRun,
  listRuns,
  pairRuns,
  showRun,
} from '../../../src/models/index.js';
import { scratchFolder } from './scratch.js';

const registry = join(scratchFolder(), 'registry');
const here = { registry };

beforeAll(async () => {
  const una = { mfd: 8, num_groups: 2 };
  for (const [i, id] of ['una0000a', 'una0000b', 'una0000c'].entries()) {
    await createUntrainedRun('una-gan', una, i, { id, ...here });
  }
  await createUntrainedRun('una-gan-flat', una, 1, { id: 'una000fl', ...here });
  await createUntrainedRun('mel-gan', { ngf: 1 }, 1, { id: 'mel0000a', ...here });
  await createUntrainedRun('mel-gan-gru', { ngf: 1 }, 1, { id: 'mel0000b', ...here });
  const hifi = { upsample_initial_channel: 16, num_mels: 40 };
  await createUntrainedRun('hifi-gan', hifi, 1, { id: 'hifi000a', ...here });
  await createUntrainedRun('lstm', { hidden_size: 4 }, 1, { id: 'seq0000a', ...here });
});

async function drawn(kind: string, count = 40): Promise<Set<string>> {
  const ids = new Set<string>();
  for (let seed = 0; seed < count; seed++) {
    ids.add((await drawRun(kind, seededRandom(seed, 'draw'), here)).id);
  }
  return ids;
}

describe('drawing a run by chance', () => {
  it.each([
    ['una-gan', ['una0000a', 'una0000b', 'una0000c', 'una000fl']],
    ['mel-gan', ['mel0000a', 'mel0000b']],
    ['mel-gan-gru', ['mel0000b']],
    ['vocoder', ['hifi000a', 'mel0000a', 'mel0000b']],
    ['sequencer', ['seq0000a']],
  ])('reaches every run of %s and no other', async (kind, ids) => {
    expect([...(await drawn(kind))].sort()).toEqual(ids);
  });

  it('draws the same run from the same seed', async () => {
    const one = await drawRun('una-gan', seededRandom(9), here);
    expect((await drawRun('una-gan', seededRandom(9), here)).id).toBe(one.id);
  });

  it('says what is missing, and which kinds there are', async () => {
    await expect(drawRun('transformer', seededRandom(1), here)).rejects.toThrow('no run of kind');
    await expect(drawRun('piano', seededRandom(1), here)).rejects.toThrow(
      /'piano' is no kind of model \(expected una-gan, mel-gan, /,
    );
    await expect(chooseRun('seq0000a', 'vocoder', seededRandom(1), here)).rejects.toThrow(
      'run seq0000a is a lstm',
    );
  });
});

describe('pairing a una-GAN with a vocoder', () => {
  it('depends on the seed alone', async () => {
    const names = async (seed: number): Promise<string> => {
      const { una, mel } = await pairRuns({ seed, ...here });
      return `${una.id} ${mel.id}`;
    };
    expect(await names(3)).toBe(await names(3));
    const all = await Promise.all(Array.from({ length: 30 }, (_, seed) => names(seed)));
    expect(new Set(all).size).toBeGreaterThan(6);
  });

  it('allows what does not fit, and tells it', async () => {
    const { mismatches } = await pairRuns({ una: 'una0000a', mel: 'hifi000a', ...here });
    expect(mismatches).toEqual([
      'mel bins: 80 said, 40 heard',
      'logarithm: base 10 said, base e heard, not converted',
      'statistics: none, the mel stays normalised',
    ]);
  });
});

describe('a list of runs', () => {
  it('shows sound runs, and broken ones without hiding the others', async () => {
    const folder = join(registry, 'broken00');
    mkdirSync(folder);
    writeFileSync(join(folder, 'config.json'), '{');
    const { runs, broken } = await listRuns(here);
    expect(runs.map(({ id }) => id)).toContain('seq0000a');
    expect(broken).toMatchObject([{ id: 'broken00', error: expect.stringContaining('not JSON') }]);
  });

  it('shows one run in full', async () => {
    const details = await showRun('una0000b', here);
    expect(details).toMatchObject({ id: 'una0000b', kind: 'una-gan', trained: false });
    expect(details.card).toContain('Initialised from seed 1 and never trained');
    expect(JSON.parse(JSON.stringify(details)).networks.generator.config.mfd).toBe(8);
  });
});
