import { Stop } from '../exit-code.js';
import { complain } from '../output.js';
import { openDashboard } from '../watch/dashboard-process.js';
import type { Way } from './way.js';

const SIGNALS = ['SIGTERM', 'SIGINT', 'SIGHUP'] as const;

/**
 * Gives the terminal to a dashboard until it is left; ends with its exit code. Signals for this
 * process are handed on, so that it can leave the terminal as it was.
 */
export async function showDashboard(way: Way, flags: readonly string[]): Promise<void> {
  const dashboard = openDashboard({
    address: way.address,
    flags: [...way.flags, ...flags],
    onInterrupt: () => dashboard.signal('SIGINT'),
  });
  for (const signal of SIGNALS) process.on(signal, dashboard.signal);
  const { code, says } = await dashboard.ended;
  for (const signal of SIGNALS) process.off(signal, dashboard.signal);
  if (says !== '') complain(says);
  if (code !== 0) throw new Stop(code);
}
