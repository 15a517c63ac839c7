import { open, readFile, rename, rm } from 'node:fs/promises';
import { sizeOf, tensor, UserError } from '../../core/index.js';
import type { Tensors } from '../../core/index.js';
import { readSafetensors, writeSafetensors } from '../formats/safetensors.js';
import type { TrainingState } from './stepper.js';
import { stateShapes, type StepDesign } from './steps/training-step.js';

/** What a checkpoint holds: resuming from it goes on bit by bit as if nothing had happened. */
export interface TrainingCheckpoint {
  readonly seed: number;
  readonly state: TrainingState;
}

const PLACE = 'trainer.place';
// Floats count exactly to 2²⁴; two of them hold any safe whole number.
const HIGH = 2 ** 24;

/** Writes a checkpoint, whole or not at all: a run killed while writing keeps the one before. */
export async function saveCheckpoint(
  file: string,
  { seed, state }: TrainingCheckpoint,
): Promise<void> {
  const place = Float32Array.from(
    [seed, state.step].flatMap((n) => [n % HIGH, Math.floor(n / HIGH)]),
  );
  const bytes = writeSafetensors({ ...state.tensors, [PLACE]: tensor([4], place) });
  const draft = `${file}.new`;
  try {
    const handle = await open(draft, 'w');
    await handle.writeFile(bytes);
    // Renaming first and writing later would leave an empty file after a power cut.
    await handle.sync();
    await handle.close();
    await rename(draft, file);
  } finally {
    await rm(draft, { force: true });
  }
}

/**
 * Reads a checkpoint of this design. Throws a UserError when it is damaged or belongs to other
 * networks.
 */
export async function loadCheckpoint(
  file: string,
  design: StepDesign,
): Promise<TrainingCheckpoint> {
  const stored = readSafetensors(await readFile(file), file);
  const tensors: Record<string, Tensors[string]> = {};
  for (const [name, shape] of Object.entries(stateShapes(design))) {
    const found = stored[name];
    if (found?.data.length !== sizeOf(shape)) throw foreign(file, name);
    tensors[name] = { shape, data: found.data };
  }
  const place = stored[PLACE]?.data;
  if (!place || place.length !== 4) throw foreign(file, PLACE);
  const [seed, seedHigh, step, stepHigh] = place as unknown as [number, number, number, number];
  return { seed: seed + seedHigh * HIGH, state: { step: step + stepHigh * HIGH, tensors } };
}

function foreign(where: string, name: string): UserError {
  return new UserError({
    what: `the checkpoint does not belong to these networks: ${name} is missing or of another size`,
    where,
    hint: 'resume with the recipe and widths that the run began with',
  });
}
