import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { standIn } from './engine-stand-in.js';
import type { StandIn } from './engine-stand-in.js';
import { demiurge } from './launched.js';
import { writeMini } from './spoken.js';
import { HAS_TMUX, Terminal } from './terminal.js';

const AS_A_SHELL = '0,1,0';
const DASHBOARD = '1,0,0';

describe.skipIf(!HAS_TMUX)('in a terminal (skipped where there is no tmux)', () => {
  let home = '';
  let engine: StandIn;
  let terminal: Terminal;
  const top = (more = ''): void => terminal.type(`node bin/demiurge.mjs top ${more}; echo "rc=$?"`);

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-tty-'));
    mkdirSync(join(home, 'rt'));
    await demiurge(['--version']);
    engine = await standIn('abcd1234', join(home, 'rt'));
  });
  afterAll(async () => {
    await engine.end();
    rmSync(home, { recursive: true, force: true });
  });
  beforeEach(() => {
    terminal = new Terminal({ XDG_RUNTIME_DIR: join(home, 'rt'), CI: '', LANG: 'C.UTF-8' });
  });
  afterEach(() => terminal.close());

  it('top leaves the scrollback as it was (T28)', async () => {
    terminal.type('echo what stood there');
    await terminal.shows('\nwhat stood there');
    top();
    await terminal.shows('Mini');
    expect(terminal.modes()).toBe(DASHBOARD);
    expect(terminal.text()).not.toContain('what stood there');
    terminal.press('q');
    await terminal.shows('rc=0');
    expect(terminal.text(true)).toContain('\nwhat stood there');
    expect(terminal.modes()).toBe(AS_A_SHELL);
  });

  it.each([
    ['SIGTERM', 143],
    ['SIGINT', 130],
    ['SIGHUP', 129],
  ] as const)(
    '%s to top or its display leaves the terminal as it was (T29)',
    async (name, code) => {
      for (const part of ['demiurge.mjs top', 'tui/main.js']) {
        top();
        await terminal.shows('Mini');
        process.kill(terminal.processOf(part), name);
        await terminal.shows(`rc=${code}`);
        expect(terminal.modes()).toBe(AS_A_SHELL);
        terminal.type('clear');
        await terminal.until(() => !terminal.text().includes('rc='));
      }
    },
  );

  it('SIGKILL of the display leaves a terminal that works, within a second (T30)', async () => {
    top();
    await terminal.shows('Mini');
    process.kill(terminal.processOf('tui/main.js'), 'SIGKILL');
    await terminal.until(() => terminal.modes() === AS_A_SHELL, 2000);
    await terminal.shows('rc=137');
    terminal.type('stty -a');
    await terminal.shows(' icanon');
    expect(terminal.text()).toContain(' echo ');
  });

  it('SIGKILL of top takes the display along', async () => {
    top();
    await terminal.shows('Mini');
    process.kill(terminal.processOf('demiurge.mjs top'), 'SIGKILL');
    await terminal.until(() => terminal.modes() === AS_A_SHELL);
    await terminal.until(() => terminal.processes().length === 1);
  });

  it('top shows what it can where nobody is at the keyboard (T22)', async () => {
    terminal.type('node bin/demiurge.mjs top < /dev/null; echo "rc=$?"');
    await terminal.shows('Mini');
    expect(terminal.modes()).toBe(DASHBOARD);
    terminal.press('C-c');
    await terminal.shows('rc=130');
    expect(terminal.modes()).toBe(AS_A_SHELL);
  });

  it('top prints a plain page on a terminal that can do nothing else (T20)', async () => {
    terminal.type('TERM=dumb node bin/demiurge.mjs top; echo "rc=$?"');
    await terminal.shows('rc=0');
    expect(terminal.text()).toContain('Mini');
    expect(terminal.modes()).toBe(AS_A_SHELL);
  });

  describe('a run', () => {
    const run = (): string => {
      const scenario = writeMini(mkdtempSync(join(home, 'run-')));
      const out = join(mkdtempSync(join(home, 'out-')), 'run');
      const flags = `--clock real --duration 10min --out ${out}`;
      terminal.type(`node bin/demiurge.mjs run ${scenario} ${flags}; echo "rc=$?"`);
      return out;
    };

    it('drains at a Ctrl-C in its dashboard and prints its account', async () => {
      run();
      await terminal.until(() => terminal.modes() === DASHBOARD);
      await terminal.until(() => terminal.text().trim() !== '');
      terminal.press('C-c');
      await terminal.shows('rc=0');
      expect(terminal.text()).toContain('stopped when asked');
      expect(terminal.modes()).toBe(AS_A_SHELL);
    });

    it('goes on in plain lines when its dashboard is closed or killed (T30)', async () => {
      for (const end of ['q', 'SIGKILL'] as const) {
        run();
        await terminal.until(() => terminal.modes() === DASHBOARD);
        await terminal.until(() => terminal.text().trim() !== '');
        if (end === 'q') terminal.press('q');
        else process.kill(terminal.processOf('tui/main.js'), 'SIGKILL');
        await terminal.until(() => terminal.modes() === AS_A_SHELL, 2000);
        await terminal.shows('the music goes on');
        terminal.press('C-c');
        await terminal.shows('stopped when asked');
        await terminal.shows('rc=0');
        terminal.type('clear');
        await terminal.until(() => !terminal.text().includes('rc='));
      }
    });

    it('takes its dashboard along when it is killed', async () => {
      run();
      await terminal.until(() => terminal.modes() === DASHBOARD);
      await terminal.until(() => terminal.text().trim() !== '');
      process.kill(terminal.processOf('demiurge.mjs run'), 'SIGKILL');
      await terminal.until(() => terminal.modes() === AS_A_SHELL);
      terminal.type('echo the shell "lives"');
      await terminal.shows('\nthe shell lives');
    });
  });
});
