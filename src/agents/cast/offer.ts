import { join } from 'node:path';
import type { Control, ModelRef } from '../../core/index.js';

/** A new version of a model, as an apprentice offers it. */
export interface Offer extends ModelRef {
  /** Counts the versions of one apprentice from 1. */
  readonly generation: number;
}

const FORM = /^model:([a-z0-9]{8}):([0-9a-f]{64})$/;

/** An offer as it travels: `model:<run id>:<SHA-256 of the run>`, its value the generation. */
export function offerSignal({ run, hash, generation }: Offer): Control {
  return { name: `model:${run}:${hash}`, value: generation };
}

/** The offer that a control makes; undefined when it makes none. */
export function offerIn({ name, value }: Control): Offer | undefined {
  const [, run, hash] = FORM.exec(name) ?? [];
  if (run === undefined || hash === undefined || !Number.isFinite(value)) return undefined;
  return { run, hash, generation: value };
}

/** The registry of the versions that were made in a run: `models/` in the run's own folder. */
export function versionsIn(outputFolder: string): string {
  return join(outputFolder, 'models');
}
