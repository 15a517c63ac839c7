import type { Gate } from '../networks/network.js';
import { ATTRIBUTE, ELEMENT, ModelProto } from './schema.js';

/** An attribute of a node; a bare number is a whole number, a fraction is `{ float }`. */
export type Attribute =
  | number
  | string
  | readonly number[]
  | readonly string[]
  | { readonly float: number }
  | { readonly floats: readonly number[] };

/** How a node is written: attributes, the names of its outputs, and a domain other than ONNX's. */
export interface NodeOptions {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly outputs?: readonly string[];
  readonly domain?: string;
}

const OPSET = 17;

/** An ONNX graph being written; encodes to the bytes of a model. */
export class GraphWriter {
  readonly #nodes: object[] = [];
  readonly #initializers: object[] = [];
  readonly #shared = new Map<string, string>();
  #count = 0;

  /** Adds a node and names its first output. */
  node(opType: string, input: readonly string[], options: NodeOptions = {}): string {
    const output = options.outputs ?? [this.#fresh(opType)];
    const attribute = Object.entries(options.attributes ?? {}).map(attributeProto);
    const domain = options.domain ?? '';
    this.#nodes.push({ opType, input, output, attribute, domain, name: `n${this.#nodes.length}` });
    return output[0] as string;
  }

  /** Stores float values as an initialiser; the name is free to choose but must be unique. */
  floats(shape: readonly number[], data: Float32Array, name = this.#fresh('w')): string {
    const rawData = new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
    this.#initializers.push({ name, dims: [...shape], dataType: ELEMENT.float32, rawData });
    return name;
  }

  /** A scalar float. */
  scalar(value: number): string {
    return this.once(`f${value}`, (name) => this.floats([], Float32Array.of(value), name));
  }

  /** A list of whole numbers [n], shared between equal lists. */
  ints(values: readonly number[]): string {
    return this.once(`i${values.join('_')}`, (name) => this.#int64([values.length], values, name));
  }

  /** A scalar whole number. */
  int(value: number): string {
    return this.once(`s${value}`, (name) => this.#int64([], [value], name));
  }

  /** The model's bytes; `steps` is the only gate of whole numbers. */
  encode(name: string, inputs: readonly Gate[], outputs: readonly Gate[]): Uint8Array {
    const graph = {
      name,
      node: this.#nodes,
      initializer: this.#initializers,
      input: inputs.map(valueInfo),
      output: outputs.map(valueInfo),
    };
    const opsetImport = [
      { domain: '', version: OPSET },
      { domain: 'com.microsoft', version: 1 },
    ];
    const model = { irVersion: 8, producerName: 'demiurge', opsetImport, graph };
    return ModelProto.encode(ModelProto.fromObject(model)).finish();
  }

  #int64(dims: readonly number[], values: readonly number[], name: string): string {
    const data = BigInt64Array.from(values, BigInt);
    const rawData = new Uint8Array(data.buffer);
    this.#initializers.push({ name, dims: [...dims], dataType: ELEMENT.int64, rawData });
    return name;
  }

  /** What `make` stored under this name, made on the first call only. */
  once(key: string, make: (name: string) => string): string {
    const known = this.#shared.get(key) ?? make(key);
    this.#shared.set(key, known);
    return known;
  }

  #fresh(stem: string): string {
    return `${stem}_${this.#count++}`;
  }
}

function attributeProto([name, value]: [string, Attribute]): object {
  if (typeof value === 'number') return { name, type: ATTRIBUTE.int, i: value };
  if (typeof value === 'string') return { name, type: ATTRIBUTE.string, s: Buffer.from(value) };
  if ('float' in value) return { name, type: ATTRIBUTE.float, f: value.float };
  if ('floats' in value) return { name, type: ATTRIBUTE.floats, floats: value.floats };
  if (typeof value[0] === 'string') {
    const strings = value.map((item) => Buffer.from(String(item)));
    return { name, type: ATTRIBUTE.strings, strings };
  }
  return { name, type: ATTRIBUTE.ints, ints: value };
}

function valueInfo({ name, shape }: Gate): object {
  const dim = shape.map((n) => (typeof n === 'number' ? { dimValue: n } : { dimParam: n }));
  const elemType = name === 'steps' ? ELEMENT.int64 : ELEMENT.float32;
  return { name, type: { tensorType: { elemType, shape: { dim } } } };
}
