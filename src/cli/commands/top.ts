import type { Command } from 'commander';
import type { TelemetryRecord } from '../../telemetry/index.js';
import { trustOf, withBusOptions } from '../bus-flags.js';
import type { BusFlags } from '../bus-flags.js';
import { natsAddress } from '../option-values.js';
import { say, sayJson } from '../output.js';
import { showDashboard } from '../top/dashboard.js';
import { follow } from '../top/follow.js';
import { listRuns } from '../top/list-runs.js';
import { documentOf, oneLook } from '../top/one-look.js';
import { wayTo } from '../top/way.js';
import type { Way } from '../top/way.js';
import { hasScreen } from '../watch/screen.js';
import { withLookOptions } from '../watch/watch-flags.js';
import { dashboardFlags } from '../watch/watch.js';

interface TopFlags extends BusFlags {
  readonly list?: true;
  readonly bus?: string;
  readonly run?: string;
  readonly control?: true;
  readonly json?: true;
  readonly follow?: true;
  readonly ascii?: true;
  readonly theme?: string;
}

/** `demiurge top [run]`: watches a run that plays here, or over NATS. */
export function declareTop(command: Command): Command {
  return withBusOptions(withLookOptions(command))
    .argument('[run]', 'the run, or how its id begins (default: the newest)')
    .option('--list', 'list what plays on this machine')
    .option('--bus <address>', 'watch over NATS: nats://host:port', natsAddress)
    .option('--run <id>', 'the run, as the argument')
    .option('--control', 'ask the run to do things; it must have been started with --control')
    .option('--json', 'print one JSON document of what stands')
    .option('--follow', 'print every record as a line of JSON until the run ends')
    .action(top);
}

async function top(named: string | undefined, flags: TopFlags): Promise<void> {
  if (flags.list === true) return listRuns(flags.json === true);
  const way = await wayTo(named ?? flags.run, flags.bus, trustOf(flags));
  try {
    await watchBy(way, flags);
  } finally {
    await way.close();
  }
}

async function watchBy(way: Way, flags: TopFlags): Promise<void> {
  if (flags.follow === true) return follow(way);
  if (flags.json === true) return sayJson(documentOf(way.run, await oneLook(way)));
  if (hasScreen()) return showDashboard(way, dashboardFlags(flags));
  say(await plainPage(await oneLook(way), flags));
}

/** The display's own words, loaded from where it is compiled to: it is no part of this room. */
async function plainPage(
  records: readonly TelemetryRecord[],
  { ascii }: Pick<TopFlags, 'ascii'>,
): Promise<string> {
  const place = new URL('../../../tui/print.js', import.meta.url);
  const tui = (await import(place.href)) as {
    plainPage(records: readonly TelemetryRecord[], ascii: boolean): string;
  };
  return tui.plainPage(records, ascii === true).trimEnd();
}
