import type { Tensors } from '../../core/index.js';
import type { Shapes } from './engine.js';

/** The inputs that a computation declares, in their declared shapes; throws a RangeError. */
export function checkedInputs(shapes: Shapes, inputs: Tensors): Tensors {
  const entries = Object.entries(shapes).map(([name, shape]) => {
    const given = inputs[name];
    const wanted = `[${shape.join(', ')}]`;
    if (!given) throw new RangeError(`the input ${name} ${wanted} is missing`);
    if (given.shape.join() === shape.join()) return [name, given];
    throw new RangeError(`the input ${name} is [${given.shape.join(', ')}], not ${wanted}`);
  });
  return Object.fromEntries(entries);
}
