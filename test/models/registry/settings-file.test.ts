import { describe, expect, it } from 'vitest';
import { UserError } from '../../../src/core/index.js';
import { parseSettings } from '../../../src/models/registry/settings-file.js';

describe('the settings of a training run', () => {
  it('become numbers, booleans and lists again when they were kept as text', () => {
    const text = JSON.stringify({
      window_size: '1000',
      learning_rate: '1e-4',
      record_wandb: 'True',
      resume_run_id: 'None',
      z_scale_factors: '[2, 2, 2, 2]',
      ratios: '(8, 8, 2, 2,)',
      notes: '10 seconds',
      path: '/data/(old) [1]',
    });
    expect(parseSettings(text, 'model_args.json')).toEqual({
      window_size: 1000,
      learning_rate: 1e-4,
      record_wandb: true,
      resume_run_id: null,
      z_scale_factors: [2, 2, 2, 2],
      ratios: [8, 8, 2, 2],
      notes: '10 seconds',
      path: '/data/(old) [1]',
    });
  });

  it('are read as argparse dumps them', () => {
    const text = [
      '!!python/object:argparse.Namespace',
      'ngf: 16',
      'load_path: null',
      'save_path: !!python/object/apply:pathlib.PosixPath',
      '- logs',
      '- run',
      'ratios: !!python/tuple',
      '- 8',
      '- 8',
    ].join('\n');
    const settings = parseSettings(text, 'args.yml');
    expect(settings).toMatchObject({ ngf: 16, load_path: null, ratios: [8, 8] });
  });

  it('are unwrapped as Weights & Biases keeps them', () => {
    const text = 'wandb_version: 1\nfeat_dim:\n  desc: null\n  value: 80\n';
    expect(parseSettings(text, 'config.yaml')).toEqual({ wandb_version: 1, feat_dim: 80 });
  });

  it.each([
    ['config.json', '{', 'not JSON'],
    ['config.json', '[1]', 'no table'],
    ['args.yml', 'a: [1', 'not YAML'],
    ['args.yml', 'a: &a [1]\nb: *a\n', 'not YAML'],
    ['args.yml', 'hello', 'no table'],
  ])('that are damaged give one clear error: %s %j', (name, text, says) => {
    expect(() => parseSettings(text, name)).toThrow(`${name}: ${says}`.replace('no table', 'the'));
    expect(() => parseSettings(text, name)).toThrow(says);
  });

  it.each([
    ['config.json', `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`],
    ['config.json', `{"a":${'['.repeat(40)}${']'.repeat(40)}}`],
    ['args.yml', `a: ${'['.repeat(50_000)}`],
    ['args.yml', 'a: [1\nb: }'],
    ['args.yml', `a: ${'x'.repeat(5_000_000)}`],
  ])('of %s that are too deep, too long or broken are one line that names it', (name, text) => {
    expect(() => parseSettings(text, name)).toThrow(UserError);
    expect(() => parseSettings(text, name)).toThrow(new RegExp(`^${name}: [^\n]+$`));
  });
});
