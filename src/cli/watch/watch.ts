import { complain, say } from '../output.js';
import { troubleOf } from './trouble.js';
import type { Programme, Watcher } from './watcher.js';

/** How a run may be shown. */
export interface WatchOptions {
  /** stdout belongs to a JSON document: only trouble is told, on stderr. */
  readonly json?: boolean;
  readonly dashboard?: boolean;
}

/** The watcher that suits this terminal; its module is loaded only if it is the one. */
export async function watch(programme: Programme, options: WatchOptions): Promise<Watcher> {
  if (options.json === true) return troubleWatcher();
  if (options.dashboard !== false && hasScreen(process.env)) {
    const { DashboardWatcher } = await import('./dashboard-watcher.js');
    return new DashboardWatcher(programme);
  }
  const { PlainWatcher } = await import('./plain-watcher.js');
  return new PlainWatcher(programme, say);
}

function hasScreen(env: NodeJS.ProcessEnv): boolean {
  const machine = env['CI'] !== undefined && env['CI'] !== '' && env['CI'] !== 'false';
  return process.stdout.isTTY && !machine && env['TERM'] !== 'dumb';
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
