import { sizeOf, UserError } from '../../core/index.js';
import type { Tensor, Tensors } from '../../core/index.js';
import { lengthsOf } from '../networks/length.js';
import { POSITIONS_MAX } from '../networks/module.js';
import type { Gate, Network, Shape } from '../networks/network.js';

/**
 * Checks what is fed to a network against its gates and fills missing initial states with zeros.
 * Throws a UserError that names the feed and the shape it should have.
 */
export function readyFeeds(
  network: Network,
  feeds: Tensors,
  steps: number | undefined,
): Readonly<Record<string, Tensor>> {
  const first = network.inputs[0] as Gate;
  const heard = given(feeds, first);
  const batch = heard.shape[0] as number;
  refuseLengths(network, first, heard, steps);
  const ready: Record<string, Tensor> = {};
  for (const gate of network.inputs) {
    if (gate.name === 'steps') ready.steps = { shape: [1], data: Float32Array.of(steps ?? 1) };
    else if (gate.optional && !feeds[gate.name]) ready[gate.name] = zeros(gate, batch);
    else ready[gate.name] = given(feeds, gate, { batch });
  }
  return ready;
}

function given(feeds: Tensors, gate: Gate, sizes: Readonly<Record<string, number>> = {}): Tensor {
  const fed = feeds[gate.name];
  const allowed = `[${gate.shape.join(', ')}]`;
  if (!fed) throw new UserError({ what: `the input ${gate.name} is missing`, allowed });
  if (!fits(fed.shape, gate.shape, sizes) || sizeOf(fed.shape) !== fed.data.length) {
    const what = `the input ${gate.name} has the shape [${fed.shape.join(', ')}]`;
    throw new UserError({ what, allowed });
  }
  return fed;
}

function fits(
  shape: readonly number[],
  wanted: Shape,
  sizes: Readonly<Record<string, number>>,
): boolean {
  if (shape.length !== wanted.length) return false;
  return wanted.every((want, i) => {
    const size = shape[i] as number;
    const exact = typeof want === 'number' ? want : sizes[want];
    return size > 0 && (exact === undefined || size === exact);
  });
}

function zeros({ shape }: Gate, batch: number): Tensor {
  const sizes = shape.map((n) => (typeof n === 'number' ? n : batch));
  return { shape: sizes, data: new Float32Array(sizeOf(sizes)) };
}

function refuseLengths(
  network: Network,
  first: Gate,
  heard: Tensor,
  steps: number | undefined,
): void {
  if (first.name !== 'window') {
    lengthsOf(network, heard.shape.at(-1) as number);
    return;
  }
  const frames = (heard.shape[1] as number) + (steps ?? 0);
  const places = network.modules.some(({ type }) => type === 'positions');
  if (places && frames > POSITIONS_MAX) {
    const what = `window and steps together are ${frames} frames`;
    throw new UserError({ what, allowed: `at most ${POSITIONS_MAX}` });
  }
}
