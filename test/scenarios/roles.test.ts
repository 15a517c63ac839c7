import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createUntrainedRun } from '../../src/models/index.js';
import { Desk } from './desk.js';

const MEL_GAN = { ngf: 2, n_residual_layers: 1, mel_dim: 80 };

let shelf: Desk;
let registry: string;

beforeAll(async () => {
  shelf = new Desk();
  registry = join(shelf.folder, 'runs');
  for (const [i, id] of ['melgan01', 'melgan02', 'melgan03', 'melgan04'].entries()) {
    await createUntrainedRun('mel-gan', MEL_GAN, i, { id, registry });
  }
});

afterAll(() => shelf[Symbol.dispose]());

const piece = (models: string, model = 'model: voice'): string =>
  `models: ${models}\nagents:\n  voc: { kind: dreamer, ${model} }\n`;

describe('a role', () => {
  it('is filled by the run it names', async () => {
    using desk = new Desk();
    const { cast } = await desk.sound(piece('{ voice: { run: melgan02 } }'), { registry });
    expect(cast[0]?.runs.model).toMatchObject({
      role: 'voice',
      id: 'melgan02',
      kind: 'mel-gan',
      trained: false,
      folder: join(registry, 'melgan02'),
    });
    expect(cast[0]?.runs.model?.hash).toMatch(/^[0-9a-f]{64}$/);
    expect(cast[0]?.runs.muse).toBeUndefined();
  });

  it('draws by the seed, the same again and again', async () => {
    using desk = new Desk();
    const text = piece('{ voice: { run: random } }');
    const draw = async (seed: number) =>
      (await desk.sound(text, { registry, seed })).cast[0]?.runs.model?.id;
    const drawn = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(draw));
    expect(await Promise.all([1, 2, 3, 4, 5, 6, 7, 8].map(draw))).toEqual(drawn);
    expect(new Set(drawn).size).toBeGreaterThan(1);
  });

  it('draws the same whatever other roles there are', async () => {
    using desk = new Desk();
    const alone = await desk.sound(piece('{ voice: { run: random } }'), { registry });
    const crowd = '{ a: { run: random, kind: mel-gan }, voice: { run: random } }';
    const among = await desk.sound(piece(crowd), { registry });
    expect(among.cast[0]?.runs.model?.id).toBe(alone.cast[0]?.runs.model?.id);
  });

  it('of a nested scenario draws for itself', async () => {
    using desk = new Desk();
    desk.put('inner.yaml', piece('{ voice: { run: random } }'));
    const { cast } = await desk.sound(
      'agents: { a: { scenario: inner.yaml }, b: { scenario: inner.yaml } }',
      { registry },
    );
    expect(cast.map(({ runs }) => runs.model?.role)).toEqual(['a/voice', 'b/voice']);
  });

  it.each([
    ['that is not there', '{ voice: { run: melgan99 } }', '1:25  missing-run', 'melgan01'],
    [
      'of an unknown family',
      '{ voice: { run: random, kind: mel-gun } }',
      '1:39  unknown-network',
      'mel-gan?',
    ],
    [
      'of the wrong family',
      '{ voice: { run: melgan01, kind: hifi-gan } }',
      '1:25  wrong-network',
      'hifi-gan',
    ],
    [
      'with nothing to draw',
      '{ voice: { run: random, kind: hifi-gan } }',
      '1:25  missing-run',
      'npm run setup',
    ],
    ['misspelt', '{ vioce: { run: melgan01 } }', '3:32  unknown-role', 'Did you mean: vioce?'],
  ])('%s is a problem in its place', async (_, models, place, says) => {
    using desk = new Desk();
    const text = await desk.reported(piece(models), { registry });
    expect(text).toContain(`piece.yaml:${place}`);
    expect(text).toContain(says);
  });

  it('that a kind needs must be named', async () => {
    using desk = new Desk();
    const text = await desk.reported('agents:\n  voc: { kind: dreamer }\n', { registry });
    expect(text).toContain('piece.yaml:2:3  missing-role');
  });

  it('that nobody plays must say what to draw', async () => {
    using desk = new Desk();
    const text = await desk.reported(
      'models: { x: { run: random } }\nagents: { a: { kind: echo } }\n',
      { registry },
    );
    expect(text).toContain('piece.yaml:1:21  unknown-network');
  });

  it('whose weights were altered is a problem', async () => {
    using desk = new Desk();
    const own = join(desk.folder, 'runs');
    await createUntrainedRun('mel-gan', MEL_GAN, 1, { id: 'melgan05', registry: own });
    writeFileSync(join(own, 'melgan05', 'weights.safetensors'), 'gone');
    const text = await desk.reported(piece('{ voice: { run: melgan05 } }'), { registry: own });
    expect(text).toContain('piece.yaml:1:25  broken-run');
    expect(text).toContain('SHA-256');
  });

  it('is said to be missing where no runs are at all', async () => {
    using desk = new Desk();
    const text = await desk.reported(piece('{ voice: { run: random } }'));
    expect(text).toContain('Try: npm run setup');
  });
});
