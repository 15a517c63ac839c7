import { createElement } from 'react';
import { render } from 'ink';
import { afterEach, describe, expect, it } from 'vitest';
import stringWidth from 'string-width';
import { App } from '../../tui/app.js';
import type { WallClock } from '../../tui/clock.js';
import { Desk } from '../../tui/desk.js';
import { ScreenStream } from '../../tui/terminal/screen-stream.js';
import type { ControlRequest, TelemetryRecord } from '../../src/telemetry/index.js';
import { BABEL } from './fixtures/babel-scene.js';
import { babelRecords, babelState, NOW_MS } from './fixtures/babel.js';
import { FakeTerminal } from './terminal/fake-terminal.js';

// oxlint-disable-next-line no-control-regex -- the code begins with an escape
const CLIPBOARD = /^\u001b\]52;c;([A-Za-z0-9+/=]+)\u0007$/;

/** A clock that goes on only when it is told to. */
class FakeClock implements WallClock {
  #now = NOW_MS;
  #waiting: { at: number; call: () => void }[] = [];

  nowMs(): number {
    return this.#now;
  }

  after(ms: number, call: () => void): () => void {
    const entry = { at: this.#now + ms, call };
    this.#waiting.push(entry);
    return () => {
      this.#waiting = this.#waiting.filter((one) => one !== entry);
    };
  }

  async goOn(ms: number): Promise<void> {
    const end = this.#now + ms;
    for (;;) {
      const next = this.#waiting.toSorted((a, b) => a.at - b.at)[0];
      if (next === undefined || next.at > end) break;
      this.#waiting = this.#waiting.filter((one) => one !== next);
      this.#now = next.at;
      next.call();
      await settled();
    }
    this.#now = end;
  }
}

const settled = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** A display at work on a fake terminal, with everything that leaves it. */
class Display {
  readonly clock = new FakeClock();
  readonly terminal: FakeTerminal;
  readonly screen: ScreenStream;
  readonly desk: Desk;
  readonly asked: ControlRequest[] = [];
  readonly told: string[] = [];
  readonly #app: { unmount(): void };

  constructor(columns = 120, rows = 40) {
    this.terminal = new FakeTerminal(columns, rows);
    this.screen = new ScreenStream(this.terminal);
    this.desk = new Desk({
      clock: this.clock,
      env: { LANG: 'C.UTF-8' },
      choice: {},
      size: () => ({ columns: this.screen.columns, rows: this.screen.rows }),
      quit: () => {},
      interrupt: () => {},
      ask: (control) => this.asked.push(control),
      tell: (codes) => this.told.push(codes),
    });
    const { desk } = this;
    const app = createElement(App, {
      frame: () => desk.frame(),
      onChange: (draw: () => void) => desk.start(draw),
    });
    const stdout = this.screen as unknown as NodeJS.WriteStream;
    this.#app = render(app, { debug: true, stdout, exitOnCtrlC: false, patchConsole: false });
  }

  hear(...records: readonly TelemetryRecord[]): void {
    for (const record of records) this.desk.hear(record);
  }

  close(): void {
    this.#app.unmount();
  }
}

let display: Display;
afterEach(() => display.close());

describe('the display', () => {
  it('writes little while nothing happens: once a second, the time of day (T39)', async () => {
    display = new Display();
    display.hear(...babelRecords().map(([record]) => record));
    await display.clock.goOn(2000);
    const before = { ...display.screen.counts };
    await display.clock.goOn(60_000);
    const { writes, characters } = display.screen.counts;
    expect(writes - before.writes).toBeGreaterThan(30);
    expect(writes - before.writes).toBeLessThanOrEqual(61);
    expect((characters - before.characters) / 60).toBeLessThanOrEqual(200);
  });

  it('draws at most four frames a second however much it is told', async () => {
    display = new Display();
    display.hear(...babelRecords().map(([record]) => record));
    await display.clock.goOn(1000);
    const before = display.screen.counts.writes;
    for (let i = 0; i < 100; i++) {
      display.hear(babelState(731 + i / 10));
      await display.clock.goOn(100);
    }
    expect(display.screen.counts.writes - before).toBeLessThanOrEqual(41);
  });

  it('puts exactly what is copied into the clipboard of the terminal (T43)', async () => {
    display = new Display();
    display.hear({ ...BABEL, control: true }, babelState(731));
    for (const key of ['down', 'down', 'down', 'y']) display.desk.press(key);
    const [, text = ''] = CLIPBOARD.exec(display.told[0] ?? '') ?? [];
    const row = JSON.parse(Buffer.from(text, 'base64').toString('utf8')) as { id: string };
    expect(row).toEqual({
      kind: 'vocoder',
      word: 'OK',
      ...babelState(731).agents.find(({ id }) => id === 'mel'),
    });
  });

  it('keeps and greys what it last heard of an engine that is lost, until it is back (T33)', () => {
    display = new Display();
    display.hear(...babelRecords().map(([record]) => record));
    const colours = (line: string): number => line.split('\u001b[38;5;').length - 1;
    const before = display.desk.frame();
    display.desk.stand({ word: 'LOST', sinceMs: NOW_MS });
    const lost = display.desk.frame();
    expect(lost[0]).toContain('LOST');
    expect(lost.join('\n')).toContain('violin');
    expect(lost.slice(1, -1).every((line) => colours(line) <= 3)).toBe(true);
    expect(before.slice(1, -1).some((line) => colours(line) > 3)).toBe(true);
    display.hear(babelState(732));
    expect(display.desk.frame()[0]).toContain('LIVE');
  });

  it('asks the engine only for what was confirmed, by its name (T38)', () => {
    display = new Display();
    display.hear({ ...BABEL, control: true }, babelState(731));
    for (const key of ['down', 'down', 'R', 'u', 'n', 'a', 'enter']) display.desk.press(key);
    expect(display.asked).toEqual([{ name: 'restart', agent: 'una' }]);
  });

  it('stays whole when agents have hostile names, on every page (T34)', async () => {
    const evil = '\u001b]0;x\u0007\u001b[2J\u202eevil\u0301\u0302\u0303😀';
    const name = `${evil}${'x'.repeat(10_000)}`;
    const text = JSON.stringify({ records: [BABEL, babelState(731), ...saidRecords()] });
    const { records } = JSON.parse(text.replaceAll('"mel"', JSON.stringify(name))) as {
      records: TelemetryRecord[];
    };
    display = new Display();
    display.hear(...records);
    for (const key of [
      'down',
      'down',
      'down',
      'enter',
      'enter',
      'esc',
      'esc',
      'e',
      'e',
      's',
      '?',
    ]) {
      display.desk.press(key);
      for (const line of display.desk.frame()) {
        // oxlint-disable-next-line no-control-regex -- colours begin with one
        const bare = line.replace(/\u001b\[[0-9;]*m/g, '');
        expect(bare).toMatch(/^[^\p{Cc}\p{Cf}]*$/u);
        expect([key, stringWidth(bare)]).toEqual([key, 120]);
      }
    }
  });
});

function saidRecords(): readonly TelemetryRecord[] {
  return [1, 2].map((count) => ({
    type: 'said',
    id: `mel.${count}`,
    agent: 'mel',
    port: 'audio',
    carries: 'audio',
    seconds: count,
    lap: 0,
    parents: [`mel.${count - 1}`],
    bytes: 10,
    shape: [1, 2],
  }));
}
