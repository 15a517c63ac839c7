import { createHash } from 'node:crypto';
import { sizeOf } from '../../../core/index.js';
import { type Attribute, GraphWriter } from '../../onnx/graph.js';

/** A value of the graph: an ONNX tensor of known shape. */
export interface Wire {
  readonly name: string;
  readonly shape: readonly number[];
  /** What a reshape was made from, so that reshapes of reshapes collapse. */
  readonly source?: Wire;
}

/** What a node reads: a wire, whole numbers that become an initialiser, or nothing. */
export type Feed = Wire | readonly number[] | undefined;

/** How a node is written. */
export interface NodeParts {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly domain?: string;
}

/** One operation of the graph. */
interface Node {
  readonly op: string;
  readonly feeds: readonly Feed[];
  readonly parts: NodeParts;
  readonly outputs: readonly string[];
}

/** A step being recorded. Equal nodes are one node; what no output needs is not written. */
export class TraceGraph {
  readonly #nodes: Node[] = [];
  readonly #made = new Map<string, Node>();
  readonly #known = new Map<string, readonly Wire[]>();
  readonly #constants = new Map<string, { readonly wire: Wire; readonly values: Float32Array }>();
  readonly #numbers = new Map<string, number>();
  #count = 0;

  /** Declares a tensor that enters. */
  input(name: string, shape: readonly number[]): Wire {
    return { name, shape };
  }

  /** Records a node with one output. */
  node(op: string, feeds: readonly Feed[], shape: readonly number[], parts: NodeParts = {}): Wire {
    return this.nodes(op, feeds, [shape], parts)[0] as Wire;
  }

  /** Records a node with several outputs, or finds the equal one. */
  nodes(
    op: string,
    feeds: readonly Feed[],
    shapes: readonly (readonly number[])[],
    parts: NodeParts = {},
  ): readonly Wire[] {
    const key = JSON.stringify([op, feeds.map(nameOf), parts]);
    const known = this.#known.get(key);
    if (known) return known;
    const wires = shapes.map((shape) => ({ name: `t${this.#count++}`, shape }));
    const node = { op, feeds, parts, outputs: wires.map(({ name }) => name) };
    this.#nodes.push(node);
    for (const { name } of wires) this.#made.set(name, node);
    this.#known.set(key, wires);
    return wires;
  }

  /** What an operation of this name, if it made the wire, was fed. */
  feedsOf(wire: Wire, op: string): readonly Feed[] | undefined {
    const node = this.#made.get(wire.name);
    return node?.op === op ? node.feeds : undefined;
  }

  /** The number that a constant of no dimension holds. */
  numberOf(feed: Feed): number | undefined {
    if (!feed || isInts(feed) || feed.shape.length > 0) return undefined;
    return this.#numbers.get(feed.name);
  }

  /** The same values in another shape; a node only where the shape differs. */
  reshape(wire: Wire, shape: readonly number[]): Wire {
    const source = wire.source ?? wire;
    for (const known of [wire, source]) if (sameShape(known.shape, shape)) return known;
    return { ...this.node('Reshape', [source, shape], shape), source };
  }

  /** Stores constant values once, however often they occur. */
  constant(values: Float32Array, shape: readonly number[]): Wire {
    const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    const key = `${shape.join()}:${createHash('sha1').update(bytes).digest('hex')}`;
    const known = this.#constants.get(key);
    if (known) return known.wire;
    const wire = { name: `c${this.#constants.size}`, shape };
    this.#constants.set(key, { wire, values: values.slice() });
    return wire;
  }

  /** A number of no dimension. */
  scalar(value: number): Wire {
    const wire = this.constant(Float32Array.of(value), []);
    this.#numbers.set(wire.name, value);
    return wire;
  }

  /** The model's bytes and the count of its nodes; `outputs` get the names they are keyed by. */
  encode(
    inputs: readonly Wire[],
    outputs: Readonly<Record<string, Wire>>,
  ): { readonly bytes: Uint8Array; readonly nodes: number } {
    const writer = new GraphWriter();
    const { nodes, names } = this.#live(Object.values(outputs));
    for (const { wire, values } of this.#constants.values()) {
      if (names.has(wire.name)) writer.floats(wire.shape, values, wire.name);
    }
    for (const { op, feeds, parts, outputs: written } of nodes) {
      const read = feeds.map((feed) => (isInts(feed) ? writer.ints(feed) : (feed?.name ?? '')));
      writer.node(op, read, { ...parts, outputs: written });
    }
    for (const [name, { name: from }] of Object.entries(outputs)) {
      writer.node('Identity', [from], { outputs: [name] });
    }
    const gates = Object.entries(outputs).map(([name, { shape }]) => ({ name, shape }));
    return { bytes: writer.encode('step', inputs, gates), nodes: nodes.length };
  }

  // Backwards from the outputs: what is not read is not written.
  #live(outputs: readonly Wire[]): { nodes: readonly Node[]; names: ReadonlySet<string> } {
    const names = new Set(outputs.map(({ name }) => name));
    const nodes: Node[] = [];
    for (let i = this.#nodes.length - 1; i >= 0; i--) {
      const node = this.#nodes[i] as Node;
      if (!node.outputs.some((name) => names.has(name))) continue;
      nodes.push(node);
      for (const feed of node.feeds) if (feed && !isInts(feed)) names.add(feed.name);
    }
    return { nodes: nodes.reverse(), names };
  }
}

/** Whether two shapes are the same. */
export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((n, i) => n === b[i]);
}

/** Throws a RangeError when a shape does not hold as many values as the other. */
export function checkSizes(a: readonly number[], b: readonly number[]): void {
  if (sizeOf(a) !== sizeOf(b)) throw new RangeError(`[${a.join()}] is not [${b.join()}]`);
}

function isInts(feed: Feed): feed is readonly number[] {
  return Array.isArray(feed);
}

function nameOf(feed: Feed): unknown {
  return isInts(feed) ? feed : (feed?.name ?? null);
}
