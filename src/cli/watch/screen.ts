import { spawnSync } from 'node:child_process';

/** Whether a display can be shown here: in the foreground of a terminal that moves its cursor. */
export function hasScreen(env: NodeJS.ProcessEnv = process.env): boolean {
  const machine = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  return process.stdout.isTTY && !machine && env['TERM'] !== 'dumb' && isForeground();
}

/** A display in the background would be stopped by the terminal, or draw over a shell. */
function isForeground(): boolean {
  if (process.platform === 'win32') return true;
  const { stdout } = spawnSync('ps', ['-o', 'stat=', '-p', String(process.pid)], {
    encoding: 'utf8',
    timeout: 1000,
  });
  return (stdout ?? '').trim() === '' || stdout.includes('+');
}
