import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { standIn } from '../cli/engine-stand-in.js';
import type { StandIn } from '../cli/engine-stand-in.js';
import { demiurge } from '../cli/launched.js';
import { HAS_TMUX, Terminal } from '../cli/terminal.js';
import { sceneOf } from '../telemetry/sample-records.js';

/** Codes for colours of any kind; bold, faint and inverse are none. */
// oxlint-disable-next-line no-control-regex -- the codes begin with an escape
const COLOURS = /\u001b\[(?:\d+;)*(?:3[0-8]|4[0-8]|9\d|10[0-7])(?:;\d+)*m/;

describe.skipIf(!HAS_TMUX)('the display in a terminal (skipped where there is no tmux)', () => {
  let home = '';
  let engine: StandIn;
  let terminal: Terminal;
  const opened = (env: Readonly<Record<string, string>> = {}): Terminal => {
    const place = { XDG_RUNTIME_DIR: join(home, 'rt'), CI: '', LANG: 'C.UTF-8' };
    terminal = new Terminal({ ...place, ...env });
    terminal.type('node bin/demiurge.mjs top; echo "rc=$?"');
    return terminal;
  };

  beforeAll(async () => {
    home = mkdtempSync(join(tmpdir(), 'demiurge-display-'));
    mkdirSync(join(home, 'rt'));
    await demiurge(['--version']);
    engine = await standIn('abcd1234', join(home, 'rt'));
  });
  afterAll(async () => {
    await engine.end();
    rmSync(home, { recursive: true, force: true });
  });
  afterEach(() => terminal.close());

  it('shows every agent in its first frame (T1)', async () => {
    opened();
    await terminal.until(() => terminal.text().includes('LIVE'));
    const names = sceneOf('abcd1234').agents.map(({ id }) => id);
    await terminal.until(() => names.every((id) => terminal.text().includes(id)));
  });

  it('paints without a single colour under NO_COLOR (T19)', async () => {
    opened({ NO_COLOR: '1' });
    await terminal.shows('● LIVE');
    expect(terminal.text(false, true)).not.toMatch(COLOURS);
    terminal.press('q');
    await terminal.shows('rc=0');
  });

  it('paints with colours otherwise', async () => {
    opened();
    await terminal.shows('● LIVE');
    expect(terminal.text(false, true)).toMatch(COLOURS);
  });

  it('survives a storm of sizes and then looks as if freshly started (T26)', async () => {
    opened();
    await terminal.shows('● LIVE');
    terminal.press('f');
    await terminal.shows('FROZEN');
    for (let i = 0; i < 25; i++) {
      terminal.resize(200, 60);
      terminal.resize(40, 10);
    }
    await terminal.shows('too small');
    terminal.resize(100, 30);
    await terminal.shows('AGENTS');
    const lines = terminal.text().split('\n');
    expect(lines.filter((line) => line.includes('AGENTS'))).toHaveLength(1);
    expect(lines.every((line) => line.length <= 100)).toBe(true);
    terminal.press('f');
    await terminal.shows('LIVE');
  });

  it('opens pages with keys and goes back', async () => {
    opened();
    await terminal.shows('● LIVE');
    terminal.press('Down', 'Enter');
    await terminal.shows('swarm > agent');
    terminal.press('Escape');
    await terminal.until(() => !terminal.text().includes('swarm > agent'));
    terminal.press('?');
    await terminal.shows('keys on the page of the swarm');
  });
});
