import { spawn } from 'node:child_process';
import { ROOT } from './paths.mjs';

/**
 * Runs a program in the root and waits for it. Resolves to its exit code (1 when it could not start
 * or was killed) and, unless it writes straight to the screen (`show`), all it said.
 */
export function run(program, args, { show = false, env = {}, timeoutMs } = {}) {
  const options = {
    cwd: ROOT,
    env: { ...process.env, ...env },
    stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    // Unlike the option `timeout`, this keeps nobody waiting when the program could not start.
    signal: timeoutMs === undefined ? undefined : AbortSignal.timeout(timeoutMs),
    windowsHide: true,
  };
  return new Promise((resolve) => {
    const child = spawn(program, args, options);
    let said = '';
    child.stdout?.on('data', (chunk) => (said += chunk));
    child.stderr?.on('data', (chunk) => (said += chunk));
    child.on('error', (error) => resolve({ code: 1, said: `${said}${error.message}\n` }));
    child.on('close', (code) => resolve({ code: code ?? 1, said }));
  });
}

/** Runs a script with this very Node, without the second that npx takes. */
export const runNode = (script, args, options) => run(process.execPath, [script, ...args], options);

/** npm, however it is called here. */
export const npm = (args, options) =>
  run(process.platform === 'win32' ? 'npm.cmd' : 'npm', args, options);

/** The last line of what a program said that has anything on it. */
export const lastLine = (said) => said.trim().split('\n').at(-1)?.trim() ?? '';
