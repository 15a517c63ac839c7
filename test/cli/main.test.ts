import { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { DOORS } from '../../src/cli/doors.js';
import { exitCodeFor } from '../../src/cli/exit-code.js';
import { UserError } from '../../src/core/index.js';
import { spoken } from './spoken.js';

describe('the command line', () => {
  it('lists every command', async () => {
    const { code, out } = await spoken();
    expect(code).toBe(0);
    for (const { name } of DOORS) expect(out).toContain(`  ${name} `);
  });

  it('says its version', async () => {
    const { code, out } = await spoken('--version');
    expect([code, out]).toEqual([0, expect.stringMatching(/^\d+\.\d+\.\d+\n$/)]);
  });

  it('guesses which command was meant', async () => {
    const { code, out, err } = await spoken('dotcor');
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain("unknown command 'dotcor'");
    expect(err).toContain('Did you mean doctor?');
  });

  it('guesses which option was meant', async () => {
    const { code, err } = await spoken('run', '--durtion', '3s');
    expect(code).toBe(2);
    expect(err).toContain('Did you mean --duration?');
  });

  it.each([
    [['run', '--duration', 'soon'], 'duration such as 500ms, 30s or 2min'],
    [['run', '--seed', '-1'], 'whole number, at least 0'],
    [['run', '--clock', 'sun'], 'Allowed choices are virtual, real'],
    [['run', '--bus', 'kafka://x'], 'embedded, spawn or an address'],
    [['run', '--run', 'Ab'], 'eight letters'],
    [['run', '--only', 'a,,b'], 'names with commas'],
    [['agent', 'x.yaml'], "required option '--only <agents>' not specified"],
  ])('refuses %j and says what would be right', async (args, says) => {
    const { code, out, err } = await spoken(...args);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  it.each(DOORS.map(({ name }) => name))('shows help for %s', async (name) => {
    const { code, out } = await spoken('help', name);
    expect(code).toBe(0);
    expect(out).toContain(`Usage: demiurge ${name}`);
  });

  it('describes every option of every command', async () => {
    for (const { name, load } of DOORS) {
      const command = (await load())(new Command(name));
      for (const one of [command, ...command.commands]) {
        const silent = one.options.filter(({ description }) => description === '');
        expect(silent.map(({ flags }) => `${name} ${flags}`)).toEqual([]);
      }
    }
  });
});

describe('an exit code', () => {
  const said = async (thrown: unknown): Promise<[number, string]> => {
    const write = process.stderr.write;
    let text = '';
    process.stderr.write = ((chunk: string) => (text += chunk) !== '') as typeof write;
    try {
      return [exitCodeFor(thrown), text];
    } finally {
      process.stderr.write = write;
    }
  };

  it('is 2 for what the caller can mend', async () => {
    const error = new UserError({ what: 'it is empty', where: 'a.wav', hint: 'fill it' });
    expect(await said(error)).toEqual([2, 'a.wav: it is empty\n  Try: fill it\n']);
  });

  it('is 1 for what may work when tried again', async () => {
    const [code] = await said(new UserError({ what: 'nobody answers', retryable: true }));
    expect(code).toBe(1);
  });

  it('is 1 for our own faults, told without a stack', async () => {
    const [code, text] = await said(new Error('no such thing'));
    expect(code).toBe(1);
    expect(text).toMatch(/^no such thing\n {2}Try: .*DEMIURGE_DEBUG=1/);
    expect(text).not.toContain(' at ');
  });
});
