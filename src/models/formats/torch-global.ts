import type { Element } from './element.js';
import { type Global, isGlobal, plainObject } from './pickle-value.js';
import { type TorchStorage, type TorchTensor, isTorchTensor } from './torch-tensor.js';

const STORAGES: Readonly<Record<string, Element>> = {
  'torch.FloatStorage': 'float32',
  'torch.DoubleStorage': 'float64',
  'torch.HalfStorage': 'float16',
  'torch.BFloat16Storage': 'bfloat16',
  'torch.LongStorage': 'int64',
  'torch.IntStorage': 'int32',
  'torch.ShortStorage': 'int16',
  'torch.CharStorage': 'int8',
  'torch.ByteStorage': 'uint8',
  'torch.BoolStorage': 'bool',
};

const DTYPES = ['float16', 'bfloat16', 'float32', 'float64', 'int8', 'uint8', 'int16', 'int32'];

/** The element a storage class such as `torch.FloatStorage` holds; undefined for other names. */
export function storageElement(type: unknown): Element | undefined {
  return isGlobal(type) ? STORAGES[type.global] : undefined;
}

/** The torch names that checkpoints of weights mention. */
export const TORCH_GLOBALS: readonly Global[] = [
  ...[...Object.keys(STORAGES), ...[...DTYPES, 'int64', 'bool'].map((name) => `torch.${name}`)].map(
    (name) => ({ global: name, make: (args: readonly unknown[]) => plainObject(name, args) }),
  ),
  { global: 'torch._utils._rebuild_tensor', make: rebuilt },
  { global: 'torch._utils._rebuild_tensor_v2', make: rebuilt },
  { global: 'torch._utils._rebuild_parameter', make: ([data]) => asTensor(data) },
  { global: 'torch._utils._rebuild_parameter_with_state', make: ([data]) => asTensor(data) },
  { global: 'torch.nn.parameter.Parameter', make: ([data]) => asTensor(data) },
  { global: 'torch.Size', make: ([sizes]) => sizes ?? [] },
  { global: 'torch.device', make: (args) => args.map(String).join(':') },
];

function rebuilt([storage, offset, shape, strides]: readonly unknown[]): TorchTensor {
  const numbers = (list: unknown): list is number[] =>
    Array.isArray(list) && list.every((n) => typeof n === 'number');
  if (!isStorage(storage) || typeof offset !== 'number') throw new TypeError('a tensor is damaged');
  if (!numbers(shape) || !numbers(strides)) throw new TypeError('a tensor has no shape');
  return { storage, offset, shape, strides };
}

function isStorage(value: unknown): value is TorchStorage {
  return typeof value === 'object' && value !== null && 'element' in value && 'key' in value;
}

function asTensor(value: unknown): TorchTensor {
  if (!isTorchTensor(value)) throw new TypeError('a parameter is no tensor');
  return value;
}
