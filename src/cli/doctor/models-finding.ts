import { listRuns } from '../../models/index.js';
import { missing, ok } from './finding.js';
import type { Finding } from './finding.js';

/** The runs in the registry, and whether any of them cannot be read. */
export async function modelsFinding(): Promise<Finding> {
  const { runs, broken } = await listRuns();
  if (broken.length > 0) {
    const says = broken.map(({ folder, error }) => `${folder}: ${error}`).join('; ');
    const [first] = broken;
    return missing('models', says, `mv ${first?.folder} ${first?.folder}.broken`);
  }
  const trained = runs.filter((run) => run.trained).length;
  if (runs.length > 0) return ok('models', `${runs.length} runs, ${trained} of them trained`);
  return missing('models', 'no runs in the registry', 'demiurge models import <folder>');
}
