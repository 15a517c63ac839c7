import { zipSync } from 'fflate';

/** Bytes of a pickle written as text, one character a byte. */
export function pickle(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'latin1'));
}

/**
 * A tensor of a storage as protocol 0 text: `_rebuild_tensor_v2(storage, offset, size, stride, …)`.
 */
export function tensorText(parts: {
  readonly key?: string;
  readonly storage?: string;
  readonly count: number;
  readonly offset?: number;
  readonly size: readonly number[];
  readonly stride: readonly number[];
}): string {
  const { key = '0', storage = 'FloatStorage', count, offset = 0, size, stride } = parts;
  const whole = (n: number): string => `I${n}\n`;
  const tuple = (items: readonly number[]): string => `(${items.map(whole).join('')}t`;
  const id = `(S'storage'\nctorch\n${storage}\nS'${key}'\nS'cpu'\n${whole(count)}tQ`;
  const rest = `${whole(offset)}${tuple(size)}${tuple(stride)}I00\nNt`;
  return `ctorch._utils\n_rebuild_tensor_v2\n(${id}${rest}R`;
}

/** A dictionary of names and values given as pickle text. */
export function dictText(entries: Readonly<Record<string, string>>): string {
  const items = Object.entries(entries).map(([name, value]) => `S'${name}'\n${value}s`);
  return `}${items.join('')}`;
}

/** A ZIP checkpoint around a pickle, with its storages. */
export function torchZip(
  text: string,
  storages: Readonly<Record<string, Uint8Array>>,
  level: 0 | 6 = 0,
): Uint8Array {
  const files = Object.entries(storages).map(([key, bytes]) => [`a/data/${key}`, bytes]);
  const all = { 'a/data.pkl': pickle(`${text}.`), ...Object.fromEntries(files) };
  return zipSync(all, { level, mtime: new Date(1980, 0, 1) });
}

/** The bytes of float32 numbers. */
export function floats(...values: readonly number[]): Uint8Array {
  return new Uint8Array(Float32Array.from(values).buffer);
}
