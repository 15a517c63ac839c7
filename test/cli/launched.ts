import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { ROOT } from '../house/source.js';

/** A program that ended: its exit code (null after a signal) and what it wrote. */
export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A program that runs, and its end. */
export interface Running {
  readonly child: ChildProcessWithoutNullStreams;
  readonly ended: Promise<Ended>;
}

/** Where and how a program is started. */
export interface Place {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
}

/** Starts a program with nothing to read. */
export function start(program: string, args: readonly string[], place: Place = {}): Running {
  const { cwd = ROOT, env = {} } = place;
  const child = spawn(program, args, { cwd, env: { ...process.env, NO_COLOR: '1', ...env } });
  child.stdin.end();
  let [out, err] = ['', ''];
  child.stdout.on('data', (chunk: Buffer) => (out += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (err += chunk.toString()));
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
  return { child, ended };
}

/** Starts the checkout's launcher. */
export function startDemiurge(args: readonly string[], place: Place = {}): Running {
  return start(process.execPath, [join(ROOT, 'bin', 'demiurge.mjs'), ...args], place);
}

/** Runs the checkout's launcher to its end. */
export function demiurge(args: readonly string[], place: Place = {}): Promise<Ended> {
  return startDemiurge(args, place).ended;
}

/** Resolves when a running program has written this to stdout; rejects when it ends without. */
export function written(running: Running, text: string): Promise<void> {
  const { child, ended } = running;
  return new Promise((resolve, reject) => {
    let out = '';
    child.stdout.on('data', (chunk: Buffer) => {
      out += chunk.toString();
      if (out.includes(text)) resolve();
    });
    void ended.then(({ out: all, err }) => reject(new Error(`never said "${text}": ${all}${err}`)));
  });
}
