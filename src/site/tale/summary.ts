import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the site takes from a run's `summary.json`, which a run that was cut short has not. */
export interface Summary {
  readonly reason?: string;
  readonly logicalSeconds?: number;
  readonly agents: readonly { readonly id: string; readonly kind: string }[];
  readonly links: readonly { readonly from: string; readonly to: string; readonly way: string }[];
  readonly digest?: string;
}

interface Written extends Partial<Omit<Summary, 'digest'>> {
  readonly journal?: { readonly digest?: string };
}

/** Reads `summary.json` of a run's folder; undefined when there is none that can be read. */
export function readSummary(folder: string): Summary | undefined {
  const file = join(folder, 'summary.json');
  if (!existsSync(file)) return undefined;
  const { reason, logicalSeconds, agents, links, journal } = parsed(readFileSync(file, 'utf8'));
  return {
    agents: agents ?? [],
    links: links ?? [],
    ...(reason === undefined ? {} : { reason }),
    ...(logicalSeconds === undefined ? {} : { logicalSeconds }),
    ...(journal?.digest === undefined ? {} : { digest: journal.digest }),
  };
}

/** A summary is written whole or not at all, so one that does not parse is damaged: say so. */
function parsed(text: string): Written {
  return JSON.parse(text) as Written;
}
