import type { RunIndex } from '../index-db/run-index.js';
import type { ControlRecord } from '../journal.js';

/**
 * Controls up to a time that concern one of these agents or a link between two of them. Which
 * agents a loop goes through is not known here, so every `pause-loop` counts; so do links of a run
 * that does not name its own.
 */
export function controlsOnTheWay(
  index: RunIndex,
  agents: ReadonlySet<string>,
  until: number,
): readonly ControlRecord[] {
  const links = index.run.record.links;
  const within = (port: string): boolean => agents.has(port.slice(0, port.lastIndexOf('.')));
  return index.controls().filter(({ time, control }) => {
    if (time > until) return false;
    if ('agent' in control) return agents.has(control.agent);
    if (!('link' in control)) return true;
    const link = links?.[control.link];
    return link === undefined || (within(link.from) && within(link.to));
  });
}
