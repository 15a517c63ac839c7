import { randomInt } from 'node:crypto';
import { join } from 'node:path';
import { loadScenario, report } from '../scenarios/index.js';
import type { LoadOptions, Scenario } from '../scenarios/index.js';
import { Stop } from './exit-code.js';
import { complain } from './output.js';
import { packageFolder } from './package-folder.js';

const SEEDS = 2 ** 31;

/** The scenario that is played when none is named: the package's own. */
export function mainScenario(): string {
  return join(packageFolder(), 'scenarios', 'babel.yaml');
}

/**
 * Loads a scenario to be played; when it has problems, shows them all and stops with exit code 2.
 */
export async function openScenario(file: string, options: LoadOptions): Promise<Scenario> {
  const loaded = await loadScenario(file, { seedOtherwise: randomInt(SEEDS), ...options });
  if (loaded.ok) return loaded.value;
  complain(report(loaded.problems).trimEnd());
  throw new Stop(2);
}
