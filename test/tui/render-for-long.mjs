// Draws so many frames of a recorded run and says what they left in memory: [renders] after `--`.
import { EventEmitter } from 'node:events';
import { readFileSync } from 'node:fs';
import { render } from 'ink';
import { createElement } from 'react';
import { parseRecord } from '../../dist/src/telemetry/index.js';
import { App } from '../../dist/tui/app.js';
import { Desk } from '../../dist/tui/desk.js';
import { ScreenStream } from '../../dist/tui/terminal/screen-stream.js';

const RENDERS = Number(process.argv[2] ?? 2500);
const WARM = 0.4;
const terminal = new EventEmitter();
Object.assign(terminal, { columns: 80, rows: 24, writableNeedDrain: false, write: () => true });
const screen = new ScreenStream(terminal);
let now = 1_700_000_000_000;
const desk = new Desk({
  clock: { nowMs: () => now, after: () => () => {} },
  env: { LANG: 'C.UTF-8' },
  choice: {},
  size: () => ({ columns: 80, rows: 24 }),
  quit: () => {},
  interrupt: () => {},
  ask: () => {},
  tell: () => {},
});
let draw = () => {};
const onChange = (ready) => {
  draw = ready;
  return () => {};
};
const app = createElement(App, { frame: () => desk.frame(), onChange });
render(app, { debug: true, stdout: screen, exitOnCtrlC: false, patchConsole: false });
const file = new URL('./fixtures/babel.jsonl', import.meta.url);
const records = readFileSync(file, 'utf8').split('\n').map(parseRecord).filter(Boolean);
const states = records.filter(({ type }) => type === 'state');
for (const record of records.filter(({ type }) => type !== 'ended')) desk.hear(record);

const heap = async () => {
  for (let i = 0; i < 3; i++) {
    await new Promise(setImmediate);
    globalThis.gc();
  }
  return process.memoryUsage().heapUsed;
};
let early = 0;
for (let i = 0; i < RENDERS; i++) {
  now += 250;
  desk.hear({ ...states[i % states.length], seconds: i / 4, wallSeconds: i / 4 });
  draw();
  await new Promise(setImmediate);
  if (i === Math.floor(RENDERS * WARM)) early = await heap();
}
const bytes = ((await heap()) - early) / (RENDERS * (1 - WARM));
const measures = performance.getEntriesByType('measure').length;
process.stdout.write(`${JSON.stringify({ bytes, measures, writes: screen.counts.writes })}\n`);
process.exit(0);
