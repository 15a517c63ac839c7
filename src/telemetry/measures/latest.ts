/** The latest values of a series, so many at most. */
export class Latest<T> {
  readonly #max: number;
  readonly #values: T[] = [];
  #next = 0;

  constructor(max: number) {
    this.#max = max;
  }

  get size(): number {
    return this.#values.length;
  }

  /** The newest value. */
  get last(): T | undefined {
    return this.#values.length === 0 ? undefined : this.#values.at(this.#next - 1);
  }

  /** Adds a value, forgetting the oldest when there are too many; returns the forgotten one. */
  add(value: T): T | undefined {
    if (this.#values.length < this.#max) {
      this.#values.push(value);
      this.#next = this.#values.length % this.#max;
      return undefined;
    }
    const forgotten = this.#values[this.#next];
    this.#values[this.#next] = value;
    this.#next = (this.#next + 1) % this.#max;
    return forgotten;
  }

  /** The values, the oldest first. */
  list(): readonly T[] {
    if (this.#values.length < this.#max) return this.#values;
    return [...this.#values.slice(this.#next), ...this.#values.slice(0, this.#next)];
  }
}
