import { copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../src/agents/index.js';
import { readSafetensors, writeSafetensors } from '../../src/models/index.js';
import { RECORDING, spoken, withFolder, writeMini } from './spoken.js';

const BAD = 'title: x\nseed: 1\nagents:\n  a: { kind: corpsu }\nlinks:\n  - a.audio -> b.audio\n';

describe('check', () => {
  it('says that a sound scenario is sound', () =>
    withFolder(async (folder) => {
      const { code, out } = await spoken('check', writeMini(folder));
      expect([code, out]).toEqual([
        0,
        expect.stringContaining('sound, 3 agents, 2 links, 0 loops'),
      ]);
    }));

  it('reports every problem with its place, and exits 2', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'bad.yaml');
      writeFileSync(file, BAD);
      const { code, out, err } = await spoken('check', file);
      expect([code, out]).toEqual([2, '']);
      expect(err).toMatch(/bad\.yaml:4:14 .*unknown-kind/);
      expect(err).toMatch(/bad\.yaml:6:16 .*unknown-agent/);
      expect(err).toContain('Did you mean: corpus?');
    }));

  it('prints one JSON document that holds the same problems', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'bad.yaml');
      writeFileSync(file, BAD);
      const { code, out, err } = await spoken('check', file, '--json');
      const [document] = JSON.parse(out) as [{ ok: boolean; problems: { line: number }[] }];
      expect([code, err, document.ok]).toEqual([2, '', false]);
      expect(document.problems.map(({ line }) => line)).toEqual([4, 6]);
    }));
});

describe('draw', () => {
  it.each([
    ['text', /past .*corpus[\s\S]*-> {1,}out\.audio/],
    ['mermaid', /^(%%.*\n|---[\s\S]*?---\n)?(flowchart|graph) /],
    ['svg', /^<svg /],
  ])('draws as %s', (format, looks) =>
    withFolder(async (folder) => {
      const { code, out } = await spoken('draw', writeMini(folder), '--format', format);
      expect([code, out]).toEqual([0, expect.stringMatching(looks)]);
    }),
  );

  it('takes the format from the name of the file', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'mini.svg');
      const { code, out } = await spoken('draw', writeMini(folder), '--out', file);
      expect([code, out]).toEqual([0, '']);
      expect(readFileSync(file, 'utf8')).toMatch(/^<svg /);
    }));
});

describe('kinds', () => {
  it('lists every kind on a line', async () => {
    const { out } = await spoken('kinds');
    expect(out.trim().split('\n')).toHaveLength(BUILT_IN_KINDS.size);
  });

  it('shows ports and params of one', async () => {
    const { out } = await spoken('kinds', 'corpus');
    expect(out).toMatch(/says\n +audio +audio/);
    expect(out).toMatch(/params\n +folder/);
  });

  it('prints the params of every kind as a JSON Schema', async () => {
    const { out } = await spoken('kinds', '--json');
    const kinds = JSON.parse(out) as { kind: string; params: { type: string } }[];
    expect(kinds.map(({ kind }) => kind)).toEqual([...BUILT_IN_KINDS.keys()]);
    for (const { params } of kinds) expect(params.type).toBe('object');
  });

  it('guesses which kind was meant', async () => {
    const { code, err } = await spoken('kinds', 'corpsu');
    expect([code, err]).toEqual([2, expect.stringContaining('Try: corpus')]);
  });
});

describe('schema', () => {
  it('prints a JSON Schema that knows the params of every kind', async () => {
    const { out } = await spoken('schema');
    const schema = JSON.parse(out) as { title: string; properties: object };
    expect(schema.title).toBe('Demiurge scenario');
    for (const kind of BUILT_IN_KINDS.keys()) expect(out).toContain(`"${kind}"`);
  });

  it('prints the same for people', async () => {
    const { out } = await spoken('schema', '--docs');
    for (const kind of BUILT_IN_KINDS.keys()) expect(out).toContain(kind);
  });
});

describe('describe', () => {
  it('writes the tensors of one file under their plain names', () =>
    withFolder(async (folder) => {
      const file = join(folder, 'a.safetensors');
      const { code } = await spoken('describe', RECORDING, '-o', file);
      expect(code).toBe(0);
      const tensors = readSafetensors(readFileSync(file), file);
      const shapes = Object.entries(tensors).map(([name, { shape }]) => [name, shape.length]);
      expect(Object.fromEntries(shapes)).toEqual({
        mfcc39: 2,
        centroid: 1,
        flatness: 1,
        rolloff: 1,
        rms: 1,
        f0: 1,
        log10_mel_80: 2,
      });
      expect(tensors['log10_mel_80']?.shape[0]).toBe(80);
      expect(tensors['mfcc39']?.shape).toEqual([tensors['rms']?.shape[0], 39]);
    }));

  it('joins the columns of several files in one JSON, as a database of the original', () =>
    withFolder(async (folder) => {
      const [copy, file] = [join(folder, 'copy.wav'), join(folder, 'all.json')];
      copyFileSync(RECORDING, copy);
      await spoken('describe', RECORDING, copy, '-o', file);
      const table = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown[]>;
      expect(Object.keys(table)).toHaveLength(41);
      expect(new Set(Object.values(table).map(({ length }) => length)).size).toBe(1);
      expect([...new Set(table['_id'])]).toEqual([RECORDING, copy]);
      expect(table['_sample']?.slice(0, 2)).toEqual([0, 1024]);
    }));

  it.each([
    ['empty.wav', ''],
    ['text.wav', 'this is no sound'],
  ])('names %s when it is no sound, and writes nothing', (name, content) =>
    withFolder(async (folder) => {
      const [bad, file] = [join(folder, name), join(folder, 'out.json')];
      writeFileSync(bad, content);
      const { code, err } = await spoken('describe', bad, '-o', file);
      expect([code, err]).toEqual([2, expect.stringContaining(name)]);
      expect(readdirSync(folder)).toEqual([name]);
    }),
  );

  it('refuses a name that does not say what to write, before it listens', async () => {
    const { code, err } = await spoken('describe', 'missing.wav', '-o', 'out.txt');
    expect([code, err]).toEqual([2, expect.stringContaining('.safetensors or .json')]);
  });
});

const WIDTHS = { feat_dim: 39, hidden_dim: 8, num_layers: 1, window_size: 8, forecast_size: 2 };

describe('models', () => {
  it('creates, lists, shows and runs a network', () =>
    withFolder(async (folder) => {
      const registry = ['--registry', join(folder, 'runs'), '--json'];
      const config = join(folder, 'config.json');
      writeFileSync(config, JSON.stringify(WIDTHS));
      const made = await spoken('models', 'create', 'lstm', '--config', config, ...registry);
      expect(made.err).toBe('');
      const { id } = JSON.parse(made.out) as { id: string };
      expect(id).toMatch(/^[a-z0-9]{8}$/);

      const list = JSON.parse((await spoken('models', 'list', ...registry)).out) as Listed;
      expect(list.runs).toEqual([expect.objectContaining({ id, kind: 'lstm', trained: false })]);
      const shown = await spoken('models', 'show', id, ...registry.slice(0, 2));
      expect(shown.out).toContain(id);

      const [input, output] = [join(folder, 'in.safetensors'), join(folder, 'out.safetensors')];
      const window = { shape: [1, 8, 39], data: new Float32Array(8 * 39) };
      writeFileSync(input, writeSafetensors({ window }));
      const run = await spoken(
        'models',
        'run',
        id,
        '--input',
        input,
        '--output',
        output,
        ...registry,
      );
      expect(run.err).toBe('');
      const { prediction } = readSafetensors(readFileSync(output), output);
      expect(prediction?.shape).toEqual([1, 2, 39]);
    }));

  it('says what there is when a run is missing', () =>
    withFolder(async (folder) => {
      const { code, err } = await spoken('models', 'show', 'zzzzzzzz', '--registry', folder);
      expect([code, err]).toEqual([2, expect.stringContaining("no run 'zzzzzzzz'")]);
    }));

  it('guesses which network was meant, and creates nothing', () =>
    withFolder(async (folder) => {
      const runs = join(folder, 'runs');
      const { code, err } = await spoken('models', 'create', 'lstn', '--registry', runs);
      expect([code, err]).toEqual([2, expect.stringContaining('Try: lstm')]);
      expect(existsSync(runs)).toBe(false);
    }));
});

interface Listed {
  readonly runs: readonly { id: string }[];
}

describe('bench', () => {
  it('guesses which part was meant', async () => {
    const { code, err } = await spoken('bench', 'synthsis');
    expect([code, err]).toEqual([2, expect.stringContaining('Try: synthesis')]);
  });

  it('measures a part beside its peer', async () => {
    const { out } = await spoken('bench', 'match', '--units', '200', '--queries', '2', '--json');
    expect(JSON.parse(out)).toMatchObject({ units: 200, exact: { kind: 'exact' } });
  });
});

describe('picture', () => {
  it('says what it cannot draw, where and what was allowed, and leaves no file', () =>
    withFolder(async (folder) => {
      const [garbage, svg] = [join(folder, 'garbage.jsonl'), join(folder, 'out.svg')];
      writeFileSync(garbage, 'neither JSON\nnor records\n');
      for (const [file, why] of [
        [join(folder, 'nowhere.jsonl'), 'it cannot be read'],
        [garbage, 'it tells of no run'],
      ] as const) {
        const { code, err } = await spoken('picture', file, '-o', svg);
        expect([code, err]).toEqual([2, expect.stringContaining(`${file}: ${why}`)]);
        expect(err.trim().split('\n').length).toBeLessThanOrEqual(2);
      }
      const { code, err } = await spoken('picture', RECORDING, '-o', svg);
      expect([code, err]).toEqual([2, expect.stringContaining('.png')]);
      expect(existsSync(svg)).toBe(false);
    }));
});
