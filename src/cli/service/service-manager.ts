import { spawn } from 'node:child_process';
import type { RunOptions } from '../../swarm/index.js';
import { complain } from '../output.js';

/** What a service manager is told of a run that it started. */
export interface ServiceManager {
  /** Tells it again and again that the run goes on; the first time, that it is ready. */
  readonly options: Pick<RunOptions, 'alive'>;
  /** Tells it that the run drains. */
  stopping(): void;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** Without a watchdog, only the status is told. */
const STATUS_SECONDS = 10;

/**
 * The service manager of this process, told as sd_notify(3) says; one that hears nothing where none
 * asked to be told. Node cannot send to its socket, so `systemd-notify` does.
 */
export function serviceManager(status: string, env: Environment = process.env): ServiceManager {
  if ((env['NOTIFY_SOCKET'] ?? '') === '') return { options: {}, stopping: () => {} };
  const tell = notifier();
  let word = 'READY=1';
  return {
    options: {
      alive: {
        everySeconds: (watchdogSeconds(env) ?? 2 * STATUS_SECONDS) / 2,
        tell: () => {
          tell([word, 'WATCHDOG=1', `STATUS=${status}`]);
          word = '';
        },
      },
    },
    stopping: () => tell(['STOPPING=1']),
  };
}

/** Seconds without a word after which this process is killed. */
function watchdogSeconds(env: Environment): number | undefined {
  const microseconds = Number(env['WATCHDOG_USEC']);
  const isOurs = (env['WATCHDOG_PID'] ?? String(process.pid)) === String(process.pid);
  return isOurs && microseconds > 0 ? microseconds / 1e6 : undefined;
}

function notifier(): (words: readonly string[]) => void {
  let isHeard = true;
  const fail = (why: string): void => {
    if (isHeard) complain(`the service manager is not told that the run goes on: ${why}`);
    isHeard = false;
  };
  return (words) => {
    const child = spawn(
      'systemd-notify',
      words.filter((word) => word !== ''),
      {
        stdio: 'ignore',
      },
    );
    child.once('error', ({ message }) => fail(message));
    child.once('exit', (code) => {
      if (code !== 0) fail(`systemd-notify ended with ${code}`);
    });
    child.unref();
  };
}
