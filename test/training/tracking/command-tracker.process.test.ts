import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { trackingCommand } from '../../../src/cli/commands/train-tracker.js';
import { commandTracker } from '../../../src/training/index.js';
import type { Tracker, TrackRecord } from '../../../src/training/index.js';
import { Aside } from '../../../src/training/tracking/aside.js';
import { trainingFolder } from '../small-corpus.js';

const never = (): AbortSignal => new AbortController().signal;
const python = spawnSync('python3', ['--version']).status === 0;

// Stands in for the service's own library: writes down what it is asked to do.
const WANDB = `
import json, os
told = open(os.environ["TOLD"], "w")
def note(*what):
    told.write(json.dumps(what) + "\\n")
    told.flush()
class Summary(dict):
    def __setitem__(self, name, value): note("summary", name, value)
class Run:
    summary = Summary()
    def define_metric(self, name, step_metric): note("metric", name, step_metric)
    def log(self, figures): note("log", figures)
    def finish(self, exit_code): note("finish", exit_code)
def init(**settings):
    note("init", settings)
    return Run()
`;

describe('a program that tracks', () => {
  it('hears a line of JSON for every record, and the end', async () => {
    const folder = trainingFolder();
    const heard = join(folder, 'heard');
    const { account, warnings } = await told(commandTracker(`cat > '${heard}'`), folder);
    expect(account).toEqual({ sent: 4, dropped: 0, fault: null });
    expect(warnings).toEqual([]);
    const lines = readFileSync(heard, 'utf8').trim().split('\n');
    const records = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
    expect(records.map(({ event }) => event)).toEqual(['begun', 'step', 'kept', 'ended']);
    expect(records[1]).toEqual({ event: 'step', step: 1, phase: 'all', 'train/loss': 0.5 });
  });

  it('that is not there, or ends badly, is told by its last words', async () => {
    const folder = trainingFolder();
    const absent = await told(commandTracker('no-such-program-at-all', []), folder);
    expect(absent.warnings).toEqual([expect.stringMatching(/does not start.*ENOENT/)]);
    const failing = "echo first >&2; echo 'not logged in' >&2; exit 3";
    const { warnings } = await told(commandTracker(failing), folder);
    expect(warnings).toEqual(['it ended with exit code 3: not logged in']);
    expect(readFileSync(join(folder, 'tracker.log'), 'utf8')).toContain('first');
  });

  it('that never ends is left behind at the limit', async () => {
    const folder = trainingFolder();
    const warnings: string[] = [];
    const aside = new Aside(commandTracker('exec sleep 600'), (fault) => warnings.push(fault));
    for (const record of recordsIn(folder)) aside.track(record);
    const { fault } = await aside.close(AbortSignal.timeout(300));
    const [, pid] = /still busy; process (\d+) goes on/.exec(fault ?? '') ?? [];
    expect(warnings).toEqual([fault]);
    process.kill(Number(pid), 'SIGKILL');
  });

  it.skipIf(!python)('for Weights & Biases logs figures against our own steps', async () => {
    const folder = trainingFolder();
    writeFileSync(join(folder, 'wandb.py'), WANDB);
    const [program, args = []] = trackingCommand('wandb:demi/first');
    const environment = [`PYTHONPATH=${folder}`, `TOLD=${join(folder, 'told')}`];
    const tracker = commandTracker('env', [...environment, program, ...args]);
    expect((await told(tracker, folder)).warnings).toEqual([]);
    const lines = readFileSync(join(folder, 'told'), 'utf8').trim().split('\n');
    const calls = lines.map((line) => JSON.parse(line) as readonly unknown[]);
    const init = { project: 'demi', name: 'first', id: 'abcd1234', resume: 'allow' };
    expect(calls[0]).toMatchObject(['init', { ...init, config: { 'settings/rate': 0.1 } }]);
    expect(calls.slice(1)).toEqual([
      ['metric', '*', 'step'],
      ['log', { step: 1, 'train/loss': 0.5 }],
      ['summary', 'best/all', 'efgh5678'],
      ['summary', 'ended', 'steps'],
      ['finish', 0],
    ]);
  });

  it.skipIf(!python)('for Weights & Biases says so where its library is missing', async () => {
    const folder = trainingFolder();
    writeFileSync(join(folder, 'wandb.py'), 'raise ImportError("nothing here")');
    const [program, args = []] = trackingCommand('wandb');
    const tracker = commandTracker('env', [`PYTHONPATH=${folder}`, program, ...args]);
    const { warnings } = await told(tracker, folder);
    expect(warnings).toEqual([expect.stringMatching(/nothing here.*pip install wandb/)]);
  });
});

describe('what --track names', () => {
  it('is Weights & Biases with project and run, or any command', () => {
    expect(trackingCommand('wandb')[1]).toHaveLength(1);
    expect(trackingCommand('wandb:demi')[1]?.slice(1)).toEqual(['--project', 'demi']);
    expect(trackingCommand('tee lines.jsonl')).toEqual(['tee lines.jsonl']);
    for (const text of ['', '  ', 'wandb:', 'wandb:demi/', 'wandb:/first']) {
      expect(() => trackingCommand(text), text).toThrow(/names no tracker/);
    }
  });
});

async function told(tracker: Tracker, folder: string) {
  const warnings: string[] = [];
  const aside = new Aside(tracker, (fault) => warnings.push(fault));
  for (const record of recordsIn(folder)) aside.track(record);
  return { account: await aside.close(never()), warnings };
}

function recordsIn(folder: string): readonly TrackRecord[] {
  const setting = { run: 'abcd1234', kind: 'lstm', folder, recipe: 'tiny', engine: 'traced' };
  const begun = { ...setting, seed: 1, threads: 1, corpusHash: 'c', from: null, step: 0 };
  return [
    { event: 'begun', ...begun, settings: { rate: 0.1 } },
    { event: 'step', step: 1, phase: 'all', losses: { loss: 0.5 } },
    { event: 'kept', step: 1, phase: 'all', run: 'efgh5678', as: 'best' },
    { event: 'ended', step: 1, how: 'steps', why: null },
  ];
}
