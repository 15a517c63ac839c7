import { ByteReader, corrupt } from './byte-reader.js';
import { bytesPerElement } from './element.js';
import { isLegacyTorch, readLegacyTorch } from './legacy-torch.js';
import { unpickle } from './pickle.js';
import { globalNamed } from './pickle-global.js';
import { storageElement } from './torch-global.js';
import type { TorchStorage } from './torch-tensor.js';
import { type ZipEntry, isZip, readZip } from './zip.js';

// The largest real one (optimiser states of una-GAN) stays far below one megabyte.
const PICKLE_MAX = 64 * 1024 * 1024;

/**
 * Reads a PyTorch checkpoint (`.pt .pth .torch .ckpt`), ZIP or legacy, with the restricted
 * unpickler. Tensors stay `TorchTensor`s until `materialise`; throws a `UserError` when damaged or
 * when it holds more than data.
 */
export function readTorch(bytes: Uint8Array, where: string): unknown {
  if (isZip(bytes)) return readZipTorch(bytes, where);
  if (isLegacyTorch(bytes)) return readLegacyTorch(bytes, where);
  throw corrupt(where, 'this is not a PyTorch checkpoint, or its beginning is missing');
}

function readZipTorch(bytes: Uint8Array, where: string): unknown {
  const entries = readZip(bytes, where);
  const pickle = [...entries.values()].find(({ name }) => /^[^/]+\/data\.pkl$/.test(name));
  if (pickle === undefined) throw corrupt(where, 'the archive holds no data.pkl');
  if (pickle.size > PICKLE_MAX) throw corrupt(where, 'its description is absurdly large');
  const folder = pickle.name.slice(0, -'data.pkl'.length);
  checkByteOrder(entries.get(`${folder}byteorder`), where);
  const reader = new ByteReader(pickle.read(), where);
  const read = readerOnce();
  const persistent = (id: unknown) => storageOf(id, folder, { entries, read }, where);
  return unpickle(reader, { global: globalNamed, persistent });
}

function checkByteOrder(entry: ZipEntry | undefined, where: string): void {
  if (entry && new TextDecoder().decode(entry.read()).trim() !== 'little') {
    throw corrupt(where, 'the numbers are stored big-endian, which is not read');
  }
}

/** A storage is named by a tuple ('storage', class, key, device, count). */
function storageOf(
  id: unknown,
  folder: string,
  { entries, read }: Archive,
  where: string,
): TorchStorage {
  const [tag, type, key, , count] = Array.isArray(id) ? id : [];
  const element = storageElement(type);
  if (tag !== 'storage' || element === undefined || !Number.isSafeInteger(count)) {
    throw corrupt(where, 'a storage is described in an unknown way');
  }
  const entry = entries.get(`${folder}data/${String(key)}`);
  if (entry === undefined) throw corrupt(where, `storage ${String(key)} is missing`);
  if (entry.size < count * bytesPerElement(element)) {
    throw corrupt(where, `storage ${String(key)} is too short`);
  }
  return { key: String(key), element, count, bytes: () => read(entry) };
}

interface Archive {
  readonly entries: ReadonlyMap<string, ZipEntry>;
  readonly read: (entry: ZipEntry) => Uint8Array;
}

/** A storage that many tensors share is unpacked and checked against its checksum only once. */
function readerOnce(): Archive['read'] {
  const done = new Map<ZipEntry, Uint8Array>();
  return (entry) => {
    const bytes = done.get(entry) ?? entry.read();
    done.set(entry, bytes);
    return bytes;
  };
}
