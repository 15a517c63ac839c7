import { type Random, sizeOf, tensor } from '../../../core/index.js';
import type { Tensors } from '../../../core/index.js';
import type { Shapes } from '../engine.js';
import type { Disturbance } from '../steps/disturbed.js';

/**
 * Draws what disturbs a step's batch: masks that drop at their rates and make up for it in what
 * they leave, and noise. Nothing is drawn where the step hears no such thing.
 */
export function drawDisturbances(
  shapes: Shapes,
  { dropout = 0, timestepDropout = 0, inputNoise = 0 }: Disturbance,
  random: Random,
): Tensors {
  const noisy = (): number => inputNoise * random.normal();
  return each(shapes, (name, size) => {
    if (name === 'noise') return Float32Array.from({ length: size }, noisy);
    return mask(size, name === 'frames' ? timestepDropout : dropout, random);
  });
}

/** What disturbs nothing: held-out material is heard as in playing. */
export function noDisturbances(shapes: Shapes): Tensors {
  return each(shapes, (name, size) => new Float32Array(size).fill(name === 'noise' ? 0 : 1));
}

type Draw = (name: string, size: number) => Float32Array;

function each(shapes: Shapes, draw: Draw): Tensors {
  const names = Object.keys(shapes).filter((name) => /^(noise|frames|drop\..*)$/.test(name));
  return Object.fromEntries(
    names.map((name) => {
      const shape = shapes[name] as readonly number[];
      return [name, tensor(shape, draw(name, sizeOf(shape)))];
    }),
  );
}

// One number is drawn for each value that is dropped, its distance from the one before, instead of
// one for each value: the masks of attention have millions.
function mask(size: number, rate: number, random: Random): Float32Array {
  const values = new Float32Array(size).fill(1 / (1 - rate));
  const scale = 1 / Math.log1p(-rate);
  const gap = (): number => Math.floor(Math.log1p(-random.next()) * scale);
  for (let at = gap(); at < size; at += 1 + gap()) values[at] = 0;
  return values;
}
