import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, messageOf } from '../../core/index.js';

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

/** Reads `summary.json` of a run's folder; undefined without one, a UserError for a damaged one. */
export function readSummary(folder: string): Summary | undefined {
  const file = join(folder, 'summary.json');
  if (!existsSync(file)) return undefined;
  const { reason, logicalSeconds, agents, links, journal } = parsed(file);
  return {
    agents: agents ?? [],
    links: links ?? [],
    ...(reason === undefined ? {} : { reason }),
    ...(logicalSeconds === undefined ? {} : { logicalSeconds }),
    ...(journal?.digest === undefined ? {} : { digest: journal.digest }),
  };
}

function parsed(file: string): Written {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Written;
  } catch (cause) {
    throw new UserError({ what: `it is damaged: ${messageOf(cause)}`, where: file, cause });
  }
}
