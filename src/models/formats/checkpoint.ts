import { type Tensor, UserError } from '../../core/index.js';
import { fieldsOf } from './pickle-value.js';
import { readSafetensors } from './safetensors.js';
import { readTorch } from './torch-file.js';
import { checkShared, isTorchTensor, materialise } from './torch-tensor.js';
import { originalNames } from './weight-names.js';

/** The weights of one network as a training run left them. */
export interface Checkpoint {
  /** Float32 tensors in the file's order, by the original's keys. */
  readonly weights: ReadonlyMap<string, Tensor>;
  /** Settings stored beside the weights (Lightning's `hyper_parameters`), as plain JSON values. */
  readonly settings: Readonly<Record<string, unknown>>;
}

// una-GAN, HiFi-GAN, Lightning, and the names other training scripts commonly use.
const WRAPPERS = ['state_dict.model', 'generator', 'state_dict', 'model_state_dict', 'model'];
const NESTED_MAX = 4;
const ITEMS_MAX = 4096;

/**
 * Reads the weights of a checkpoint of any layout the original runs leave, or of a safetensors
 * file.
 */
export function readCheckpoint(bytes: Uint8Array, where: string): Checkpoint {
  if (where.endsWith('.safetensors')) return fromSafetensors(bytes, where);
  const root = fieldsOf(readTorch(bytes, where));
  const state = root && stateDictIn(root);
  if (root === undefined || state === undefined) {
    throw new UserError({
      what: 'the checkpoint holds no weights',
      where,
      allowed: `tensors by name, bare or under ${WRAPPERS.map((key) => `'${key}'`).join(', ')}`,
    });
  }
  return { weights: weightsOf(state, where), settings: settingsOf(root.get('hyper_parameters')) };
}

function fromSafetensors(bytes: Uint8Array, where: string): Checkpoint {
  const weights = new Map(Object.entries(readSafetensors(bytes, where)));
  return { weights: originalNames(weights), settings: {} };
}

function stateDictIn(
  root: ReadonlyMap<unknown, unknown>,
): ReadonlyMap<unknown, unknown> | undefined {
  if ([...root.values()].some(isTorchTensor)) return root;
  const wrapped = WRAPPERS.map((key) => fieldsOf(root.get(key)));
  return wrapped.find((state) => state && [...state.values()].some(isTorchTensor));
}

function weightsOf(state: ReadonlyMap<unknown, unknown>, where: string): Map<string, Tensor> {
  const weights = new Map<string, Tensor>();
  checkShared([...state.values()].filter(isTorchTensor), where);
  for (const [key, value] of state) {
    if (isTorchTensor(value)) weights.set(String(key), materialise(value, where));
  }
  return originalNames(weights);
}

/**
 * Flattens a Namespace or dictionary, also one under a single name such as `config`, to JSON
 * values.
 */
function settingsOf(value: unknown): Record<string, unknown> {
  const fields = fieldsOf(value);
  const only = fields?.size === 1 ? fieldsOf([...fields.values()][0]) : undefined;
  return plainFields(only ?? fields ?? new Map(), { left: ITEMS_MAX }, 0);
}

function plainFields(
  fields: ReadonlyMap<unknown, unknown>,
  budget: { left: number },
  depth: number,
): Record<string, unknown> {
  const taken = [...fields].slice(0, Math.max(0, budget.left));
  return Object.fromEntries(
    taken.map(([key, item]) => [String(key), plain(item, budget, depth + 1)]),
  );
}

/** Shared and cyclic values would unfold without end: depth and number of items are bounded. */
function plain(value: unknown, budget: { left: number }, depth: number): unknown {
  if (value === null || ['string', 'boolean', 'number'].includes(typeof value)) return value;
  budget.left -= 1;
  if (depth >= NESTED_MAX || budget.left <= 0) return null;
  if (Array.isArray(value)) {
    return value.slice(0, budget.left).map((item) => plain(item, budget, depth + 1));
  }
  const fields = fieldsOf(value);
  return fields === undefined ? null : plainFields(fields, budget, depth);
}
