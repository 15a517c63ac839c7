import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { packageFolder } from '../package-folder.js';

/** What another program answered: whether it ended well, and its first line. */
export interface Answer {
  readonly ok: boolean;
  readonly says: string;
}

/** Runs a program in the package's folder and waits at most 30 s; never rejects. */
export function askProgram(program: string, args: readonly string[]): Promise<Answer> {
  const options = { cwd: packageFolder(), timeout: 30_000 };
  return new Promise((resolve) => {
    execFile(program, args, options, (error, stdout, stderr) => {
      const said = error === null ? stdout || stderr : stderr || error.message;
      resolve({ ok: error === null, says: firstLine(said) });
    });
  });
}

/** Loads a package in a Node of its own, so that one that aborts takes nobody along. */
export function askNode(script: string): Promise<Answer> {
  return askProgram(process.execPath, ['-e', script]);
}

/** The first of these programs that is on the PATH. */
export function programOnPath(names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names.find((name) => folders.some((folder) => existsSync(join(folder, name))));
}

/** Of a stack trace, the line that names the error. */
function firstLine(said: string): string {
  const lines = said.trim().split('\n');
  return (lines.find((line) => /^\w*Error: /.test(line)) ?? lines[0] ?? '').trim();
}
