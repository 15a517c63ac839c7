import type { ChildProcess } from 'node:child_process';
import { complain, say } from '../output.js';
import { hasScreen } from './screen.js';
import { troubleOf } from './trouble.js';
import type { Programme, Watcher } from './watcher.js';

/** How a run may be shown. */
export interface WatchOptions {
  /** stdout belongs to a JSON document: only trouble is told, on stderr. */
  readonly json?: boolean;
  readonly dashboard?: boolean;
  readonly ascii?: true;
  readonly theme?: string;
  readonly control?: true;
}

/** Where a dashboard finds the run, and how a sentence reaches those who watch. */
export interface Watchable {
  /** Absent where nobody can watch. */
  readonly address: string | undefined;
  tell(says: string): void;
}

/** Whether a run is going to be shown by a dashboard. */
export function isShown({ json, dashboard }: WatchOptions): boolean {
  return json !== true && dashboard !== false && hasScreen();
}

/** The watcher that suits this terminal; its module is loaded only if it is the one. */
export async function watch(
  programme: Programme,
  options: WatchOptions,
  { address, tell }: Watchable,
  waiting?: ChildProcess,
): Promise<Watcher> {
  if (options.json === true) return troubleWatcher();
  if (address !== undefined && (waiting !== undefined || isShown(options))) {
    const { DashboardWatcher } = await import('./dashboard-watcher.js');
    const flags = dashboardFlags(options);
    return new DashboardWatcher(programme, { address, tell, flags, waiting });
  }
  const { PlainWatcher } = await import('./plain-watcher.js');
  return new PlainWatcher(programme, say);
}

/** The flags that a dashboard is opened with, of those of a command. */
export function dashboardFlags({
  ascii,
  theme,
  control,
}: Pick<WatchOptions, 'ascii' | 'theme' | 'control'>): readonly string[] {
  return [
    ...(ascii === true ? ['--ascii'] : []),
    ...(theme === undefined ? [] : ['--theme', theme]),
    ...(control === true ? ['--control'] : []),
    ...(process.stdin.isTTY ? [] : ['--view-only']),
  ];
}

function troubleWatcher(): Watcher {
  return {
    hear: (event) => {
      const trouble = troubleOf(event);
      if (trouble !== undefined) complain(trouble);
    },
    note: complain,
    close: async () => {},
  };
}
