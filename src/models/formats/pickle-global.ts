import { fromLatin1 } from './latin1.js';
import { NUMPY_GLOBALS } from './numpy-global.js';
import { type Global, isGlobal, plainObject } from './pickle-value.js';
import { TORCH_GLOBALS } from './torch-global.js';

const PATH_MAX = 65_536;

/**
 * Names that stand for themselves: they are mentioned as types, or become objects with plain
 * fields.
 */
const INERT: readonly string[] = [
  'argparse.Namespace',
  'types.SimpleNamespace',
  'numpy.dtype',
  'numpy.ndarray',
  ...['object', 'list', 'tuple', 'dict', 'int', 'float', 'str', 'bool', 'bytes', 'complex'].flatMap(
    (name) => [`builtins.${name}`, `__builtin__.${name}`],
  ),
];

/**
 * Libraries whose classes training scripts leave in a checkpoint as keys or settings, never as
 * weights.
 */
const INERT_CLASSES = /^(pytorch_lightning|lightning\w*|omegaconf)(\.[a-z_]\w*)+\.[A-Z]\w*$/;

const CONTAINERS: readonly Global[] = [
  { global: 'collections.OrderedDict', make: ([pairs]) => mapOf(pairs) },
  { global: 'collections.Counter', make: ([pairs]) => mapOf(pairs) },
  { global: 'collections.defaultdict', make: ([, pairs]) => mapOf(pairs) },
  ...['builtins', '__builtin__'].flatMap((module) =>
    ['set', 'frozenset'].map((name) => ({
      global: `${module}.${name}`,
      make: ([items]: readonly unknown[]) => new Set(Array.isArray(items) ? items : []),
    })),
  ),
];

const REBUILDERS: readonly Global[] = [
  ...['Path', 'PosixPath', 'WindowsPath', 'PurePath', 'PurePosixPath', 'PureWindowsPath'].flatMap(
    (name) =>
      ['pathlib', 'pathlib._local'].map((module) => ({ global: `${module}.${name}`, make: path })),
  ),
  { global: '_codecs.encode', make: ([text]) => fromLatin1(String(text)) },
  ...['copyreg', 'copy_reg'].map((module) => ({
    global: `${module}._reconstructor`,
    make: reconstructed,
  })),
];

const KNOWN: ReadonlyMap<string, Global> = new Map(
  [...CONTAINERS, ...REBUILDERS, ...NUMPY_GLOBALS, ...TORCH_GLOBALS, ...INERT.map(inert)].map(
    (entry) => [entry.global, entry] as const,
  ),
);

/** The stand-in of a Python name, or undefined when it is neither data nor a tensor. */
export function globalNamed(name: string): Global | undefined {
  return KNOWN.get(name) ?? (INERT_CLASSES.test(name) ? inert(name) : undefined);
}

function inert(name: string): Global {
  return { global: name, make: (args) => plainObject(name, args) };
}

function mapOf(pairs: unknown): Map<unknown, unknown> {
  if (pairs instanceof Map) return new Map(pairs);
  const listed = Array.isArray(pairs) ? pairs.filter((pair) => Array.isArray(pair)) : [];
  return new Map(listed.map((pair) => [pair[0], pair[1]] as const));
}

function path(parts: readonly unknown[]): string {
  const joined = parts.map(String).join('/').replaceAll('//', '/');
  if (joined.length > PATH_MAX) throw new RangeError('a path is absurdly long');
  return joined;
}

function reconstructed([type]: readonly unknown[]): unknown {
  if (!isGlobal(type)) throw new TypeError('an object has no class');
  return type.make([]);
}
