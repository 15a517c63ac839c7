import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { constants } from 'node:os';
import { join } from 'node:path';
import { packageFolder } from '../package-folder.js';
import { TerminalCare } from './terminal-care.js';
import type { Left } from './terminal-care.js';

const MEMORY_MIB_MAX = 256;
const FAREWELL_MS = 2000;
const LAST_WORDS_MAX = 4096;

/** How a dashboard ended. */
export interface DashboardEnd {
  /** Its exit code, 128 and more after a signal. */
  readonly code: number;
  /** What it wrote to stderr, without control characters. */
  readonly says: string;
}

/** A dashboard that has the terminal. */
export interface Dashboard {
  /** Resolves when it has ended and the terminal is as it was. */
  readonly ended: Promise<DashboardEnd>;
  /** Hands it a signal. */
  signal(name: NodeJS.Signals): void;
  /** Asks it to leave, and ends it when it does not. */
  leave(): Promise<DashboardEnd>;
}

/** What a dashboard is opened with. */
export interface DashboardArguments {
  /** A socket's path, or `nats://host:port` with the run as it is called there. */
  readonly address: string;
  readonly flags: readonly string[];
  /** Called when the person there presses Ctrl-C. */
  onInterrupt(): void;
  /** One that waits already; a new one unless given. */
  readonly waiting?: ChildProcess | undefined;
}

/**
 * Starts a dashboard that loads itself and waits, without touching the terminal, to be told what
 * to show: meanwhile the engine loads, too.
 */
export function startDashboard(): ChildProcess {
  const program = join(packageFolder(), 'dist', 'tui', 'main.js');
  return spawn(process.execPath, [`--max-old-space-size=${MEMORY_MIB_MAX}`, program], {
    stdio: ['inherit', 'inherit', 'pipe', 'ipc'],
    // Ink draws nothing where it suspects a machine, which has been ruled out here.
    env: { ...process.env, NODE_ENV: 'production', CI: 'false', CONTINUOUS_INTEGRATION: 'false' },
  });
}

/**
 * Opens the dashboard in a process of its own, which may hang, crash or be killed: this one cares
 * for the terminal. The loss of the channel between them tells it that this process is gone.
 */
export function openDashboard(dashboard: DashboardArguments): Dashboard {
  const { address, flags, onInterrupt, waiting: child = startDashboard() } = dashboard;
  const care = new TerminalCare();
  // One that could not be started, or has died since, is told of below.
  child.send({ show: [address, ...flags] }, () => {});
  child.on('message', (message) => {
    if (message === 'interrupt') onInterrupt();
  });
  const forsaken = (): void => {
    child.kill('SIGKILL');
    care.restoreNow('abruptly');
  };
  process.once('exit', forsaken);
  const ended = endOf(child, care).finally(() => process.off('exit', forsaken));
  return {
    ended,
    signal: (name) => void child.kill(name),
    leave: () => dismiss(child, ended),
  };
}

async function endOf(child: ChildProcess, care: TerminalCare): Promise<DashboardEnd> {
  const says = lastWords(child);
  const [code, signal] = await new Promise<readonly [number | null, NodeJS.Signals | null]>(
    (resolve) => {
      child.once('error', (error) => {
        process.emitWarning(`no dashboard: ${error.message}`);
        resolve([1, null]);
      });
      child.once('exit', (...end) => resolve(end));
    },
  );
  await care.restore(leftBy(code));
  return { code: code ?? 128 + (signal === null ? 0 : constants.signals[signal]), says: says() };
}

/** A display that leaves by itself says so by its code: 0, or 128 and the signal it obeyed. */
function leftBy(code: number | null): Left {
  return code === 0 || (code ?? 0) > 128 ? 'tidily' : 'abruptly';
}

async function dismiss(child: ChildProcess, ended: Promise<DashboardEnd>): Promise<DashboardEnd> {
  if (child.connected) child.send('leave', () => {});
  await Promise.race([ended, once(AbortSignal.timeout(FAREWELL_MS), 'abort')]);
  child.kill('SIGKILL');
  return ended;
}

/** Keeps the end of what a program complains of, for after the terminal is back. */
function lastWords(child: ChildProcess): () => string {
  let said = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    said = (said + text).slice(-LAST_WORDS_MAX);
  });
  // oxlint-disable-next-line no-control-regex
  return () => said.replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, '').trim();
}
