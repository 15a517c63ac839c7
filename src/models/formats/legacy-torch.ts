import { ByteReader, corrupt } from './byte-reader.js';
import { type Element, bytesPerElement } from './element.js';
import { globalNamed } from './pickle-global.js';
import { unpickle } from './pickle.js';
import { storageElement } from './torch-global.js';
import type { TorchStorage } from './torch-tensor.js';

const MAGIC = 0x1950a86a20f9469cfc6cn;
const VERSION = 1001;

/**
 * Whether the bytes start like a checkpoint of PyTorch before 1.6: a pickle of the magic number.
 */
export function isLegacyTorch(bytes: Uint8Array): boolean {
  // From protocol 4 on, a frame of nine bytes stands before the number.
  const start = bytes[2] === 0x95 ? 11 : 2;
  return bytes[0] === 0x80 && bytes[start] === 0x8a && bytes[start + 1] === 10;
}

/**
 * Reads the sequence a legacy checkpoint is: magic, version, system, object, storage keys
 * (pickles), then raw storages. Throws a `UserError` when a part is missing or holds more than
 * data.
 */
export function readLegacyTorch(bytes: Uint8Array, where: string): unknown {
  const reader = new ByteReader(bytes, where);
  const blocks = new Map<string, Block>();
  const scope = { global: globalNamed, persistent: (id: unknown) => windowOf(id, blocks, where) };
  const [magic, version] = [unpickle(reader, scope), unpickle(reader, scope)];
  if (magic !== MAGIC || version !== VERSION) throw corrupt(where, 'the version is not known');
  checkSystem(unpickle(reader, scope), where);
  const value = unpickle(reader, scope);
  const keys = unpickle(reader, scope);
  if (!Array.isArray(keys)) throw corrupt(where, 'the list of storages is missing');
  for (const key of keys) fill(reader, blocks.get(String(key)), where);
  return value;
}

/** A storage before its bytes are known: they stand behind the pickle that mentions it. */
interface Block {
  readonly element: Element;
  readonly count: number;
  bytes?: Uint8Array;
}

function checkSystem(system: unknown, where: string): void {
  if (system instanceof Map && system.get('little_endian') === false) {
    throw corrupt(where, 'the numbers are stored big-endian, which is not read');
  }
}

/**
 * ('storage', class, key, device, count, view): a view is (key, offset, count) on the same block,
 * or None.
 */
function windowOf(id: unknown, blocks: Map<string, Block>, where: string): TorchStorage {
  const [tag, type, key, , count, view] = Array.isArray(id) ? id : [];
  const element = storageElement(type);
  if (tag !== 'storage' || element === undefined || !Number.isSafeInteger(count)) {
    throw corrupt(where, 'a storage is described in an unknown way');
  }
  const name = String(key);
  const block = blocks.get(name) ?? { element, count };
  blocks.set(name, block);
  const [, start, length] = Array.isArray(view) ? view : [name, 0, block.count];
  return windowOn(block, name, Number(start), Number(length), where);
}

function windowOn(
  block: Block,
  key: string,
  start: number,
  count: number,
  where: string,
): TorchStorage {
  if (!(start >= 0 && count >= 0 && start + count <= block.count)) {
    throw corrupt(where, `a view leaves storage ${key}`);
  }
  const width = bytesPerElement(block.element);
  const bytes = () => {
    if (block.bytes === undefined) throw corrupt(where, `storage ${key} is missing`);
    return block.bytes.subarray(start * width, (start + count) * width);
  };
  return { key, element: block.element, count, bytes };
}

function fill(reader: ByteReader, block: Block | undefined, where: string): void {
  const count = reader.u64();
  if (block === undefined) throw corrupt(where, 'a storage belongs to no tensor');
  if (count !== block.count)
    throw corrupt(where, 'a storage has another size than its tensors say');
  block.bytes = reader.take(count * bytesPerElement(block.element));
}
