import { join } from 'node:path';
import { type Scenario, loadScenario } from '../../../src/scenarios/index.js';

/** The main scenario, cast as a rehearsal finds it. */
export async function babel(): Promise<Scenario> {
  const file = join(import.meta.dirname, '../../../scenarios/babel.yaml');
  const loaded = await loadScenario(file, { seedOtherwise: 1 });
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  return loaded.value;
}
