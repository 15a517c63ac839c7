import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import type { CastRun } from '../../src/agents/index.js';
import {
  type RunRecord,
  type UntrainedOptions,
  createUntrainedRun,
  importRun,
} from '../../src/models/index.js';

/** Runs to cast an agent with, in a registry that goes when the test file is done. */
export interface RunMaker {
  /** Makes a small untrained run. */
  untrained(
    kind: RunRecord['kind'],
    config: Readonly<Record<string, unknown>>,
    options?: UntrainedOptions,
  ): Promise<RunRecord>;
  /** Imports a checkpoint of the fixtures. */
  imported(name: string): Promise<RunRecord>;
}

/** Opens a registry for the test file that calls this. */
export function openRunMaker(): RunMaker {
  const registry = mkdtempSync(join(tmpdir(), 'demiurge-cast-'));
  afterAll(() => rm(registry, { recursive: true, force: true }));
  return {
    untrained: (kind, config, options = {}) =>
      createUntrainedRun(kind, config, 1, { ...options, registry }),
    imported: async (name) => {
      const folder = join(import.meta.dirname, '../fixtures/checkpoints', name);
      return (await importRun(folder, { registry })).run;
    },
  };
}

/** A run as the cast of a scenario gives it to an agent. */
export function castAs(role: string, run: RunRecord): CastRun {
  const { id, hash, kind, trained, folder } = run;
  return { role, id, hash, kind, trained, folder };
}
