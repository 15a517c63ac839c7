import { UserError } from '../../core/index.js';
import { type ByteReader, corrupt } from './byte-reader.js';
import { type Global, isGlobal, isPlainObject } from './pickle-value.js';

/**
 * How a pickle's names and outside references become values; both throw a `UserError` to refuse.
 */
export interface PickleScope {
  global(name: string): Global | undefined;
  persistent(id: unknown): unknown;
}

// Copying operations repeated on one memoised list would grow without limit in a small file.
const COPIED_MAX = 20_000_000;

/** The stack, marks and memo of a pickle being read: it only ever builds data. */
export class PickleMachine {
  readonly reader: ByteReader;
  readonly #scope: PickleScope;
  readonly #memo = new Map<number, unknown>();
  readonly #marked: unknown[][] = [];
  #stack: unknown[] = [];
  #copied = 0;

  constructor(reader: ByteReader, scope: PickleScope) {
    this.reader = reader;
    this.#scope = scope;
  }

  push(value: unknown): void {
    this.#stack.push(value);
  }

  pop(): unknown {
    if (this.#stack.length === 0) throw this.damaged('it takes from an empty stack');
    return this.#stack.pop();
  }

  popList(): readonly unknown[] {
    const value = this.pop();
    if (!Array.isArray(value)) throw this.damaged('arguments are not a list');
    return value;
  }

  /** The topmost value, left in place. */
  top(): unknown {
    if (this.#stack.length === 0) throw this.damaged('it looks at an empty stack');
    return this.#stack.at(-1);
  }

  mark(): void {
    this.#marked.push(this.#stack);
    this.#stack = [];
  }

  /** Everything pushed since the last mark. */
  popMark(): unknown[] {
    const items = this.#stack;
    const below = this.#marked.pop();
    if (below === undefined) throw this.damaged('it closes a list it never opened');
    this.#stack = below;
    return items;
  }

  remember(index: number = this.#memo.size): void {
    this.#memo.set(index, this.top());
  }

  recall(index: number): void {
    if (!this.#memo.has(index)) throw this.damaged(`it recalls entry ${index}, never stored`);
    this.push(this.#memo.get(index));
  }

  /** Looks a name up; anything not known to be plain data is refused by name. */
  global(module: string, name: string): Global {
    const full = `${module}.${name}`;
    const known = this.#scope.global(full);
    if (known !== undefined) return known;
    throw new UserError({
      what: `refused: it asks for '${full.slice(0, 200)}', which is neither a tensor nor data`,
      where: this.reader.where,
      allowed: 'a checkpoint of weights, numbers, text, lists and dictionaries',
      hint: 'save only the state_dict, or do not trust this file',
    });
  }

  persistent(id: unknown): void {
    this.push(this.#scope.persistent(id));
  }

  /** Stands in for calling `callee(...args)`. */
  call(callee: unknown, args: readonly unknown[]): void {
    if (!isGlobal(callee)) throw this.damaged('it calls something that is not a name');
    this.#spend(args);
    this.push(callee.make(args));
  }

  setItems(pairs: readonly unknown[]): void {
    const target = this.top();
    const map = isPlainObject(target) ? target.entries : target;
    if (!(map instanceof Map)) throw this.damaged('it sets items on something without items');
    if (pairs.length % 2 !== 0) throw this.damaged('a key has no value');
    for (let i = 0; i < pairs.length; i += 2) map.set(pairs[i], pairs[i + 1]);
  }

  append(items: readonly unknown[]): void {
    const target = this.top();
    const list = isPlainObject(target) ? target.list : target;
    if (!Array.isArray(list)) throw this.damaged('it appends to something that is no list');
    for (const item of items) list.push(item);
  }

  /**
   * Gives an object its attributes. Attributes of plain dictionaries (`_metadata`) carry nothing
   * we need.
   */
  build(): void {
    const state = this.pop();
    const target = this.top();
    if (isPlainObject(target)) target.state = state;
  }

  damaged(what: string): UserError {
    return corrupt(this.reader.where, `the pickle is damaged: ${what}`);
  }

  #spend(args: readonly unknown[]): void {
    for (const arg of args) {
      if (Array.isArray(arg) || typeof arg === 'string') this.#copied += arg.length;
    }
    if (this.#copied > COPIED_MAX) throw this.damaged('it copies itself without end');
  }
}
