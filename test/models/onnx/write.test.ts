import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/core/index.js';
import { initialWeights, parseConfig, writeOnnx } from '../../../src/models/index.js';
import { ModelProto } from '../../../src/models/onnx/schema.js';
import { openSession } from '../../../src/models/runtime/onnx-runtime.js';

interface Written {
  readonly irVersion: number;
  readonly opsetImport: readonly { readonly domain: string; readonly version: number }[];
  readonly graph: {
    readonly name: string;
    readonly input: readonly { readonly name: string }[];
    readonly output: readonly { readonly name: string }[];
    readonly initializer: readonly { readonly name: string }[];
  };
}

function read(bytes: Uint8Array): Written {
  const model = ModelProto.toObject(ModelProto.decode(bytes), { longs: Number, defaults: true });
  return model as unknown as Written;
}

const kind = 'mel-gan';
const config = parseConfig(kind, { ngf: 2 });
const parts = { kind, config, weights: initialWeights(kind, config, seededRandom(1)) } as const;

describe('a written ONNX model', () => {
  it('is of IR 8 and opset 17 and names its gates', () => {
    const { irVersion, opsetImport, graph } = read(writeOnnx(parts));
    expect(irVersion).toBe(8);
    expect(opsetImport[0]).toMatchObject({ domain: '', version: 17 });
    expect(graph.name).toBe('mel-gan');
    expect(graph.input.map(({ name }) => name)).toEqual(['mel']);
    expect(graph.output.map(({ name }) => name)).toEqual(['audio']);
  });

  it('stores every weight once, though the ends are computed twice', () => {
    const { initializer } = read(writeOnnx(parts)).graph;
    const names = initializer.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.filter((name) => name === 'model.4.block.2.plane')).toHaveLength(1);
  });

  it('is the same bytes for the same network', () => {
    expect(writeOnnx(parts)).toEqual(writeOnnx(parts));
  });

  it('is refused by the runtime when a byte of its structure is lost', async () => {
    const bytes = writeOnnx(parts);
    await expect(openSession(bytes.subarray(0, 1000), { threads: 1 })).rejects.toThrow();
  });
});
