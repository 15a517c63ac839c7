/**
 * Any Python object that was neither a plain value nor a tensor: what it was called, and its data.
 * Nothing was run to make it.
 */
export interface PlainObject {
  /** The Python name, such as `argparse.Namespace`. */
  readonly type: string;
  readonly args: readonly unknown[];
  /** Entries, for the dictionaries that have a class of their own. */
  readonly entries: Map<unknown, unknown>;
  readonly list: unknown[];
  /** Attributes as the pickle gives them: a Map, or [Map, Map] where the class has slots. */
  state: unknown;
}

/** A name that a pickle mentions and that this reader knows how to stand in for. */
export interface Global {
  readonly global: string;
  /** The value that calling the name would have given. */
  make(args: readonly unknown[]): unknown;
}

/** Makes the stand-in of an object of the named Python class. */
export function plainObject(type: string, args: readonly unknown[] = []): PlainObject {
  return { type, args, entries: new Map(), list: [], state: null };
}

/** Whether a value is the stand-in of a Python object. */
export function isPlainObject(value: unknown): value is PlainObject {
  return isRecord(value) && 'type' in value && 'entries' in value;
}

/** Whether a value is a name rather than data. */
export function isGlobal(value: unknown): value is Global {
  return isRecord(value) && 'global' in value && 'make' in value;
}

/**
 * The named fields of a dictionary, a Namespace or any object with attributes; undefined for other
 * values.
 */
export function fieldsOf(value: unknown): ReadonlyMap<unknown, unknown> | undefined {
  if (value instanceof Map) return value;
  if (!isPlainObject(value)) return undefined;
  const states = Array.isArray(value.state) ? value.state : [value.state];
  const maps = [value.entries, ...states.filter((state) => state instanceof Map)];
  return new Map(maps.flatMap((map) => [...map]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !(value instanceof Map);
}
