import { createRequire } from 'node:module';
import { arch, cpus, platform } from 'node:os';
import { messageOf } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';

const require = createRequire(import.meta.url);

/**
 * What the bytes of a run may depend on beside its scenario: this program, Node, the machine, and
 * the native libraries that its agents compute with.
 */
export function identityOf({ cast }: Pick<Scenario, 'cast'>): Readonly<Record<string, string>> {
  const networks = cast.some(({ runs }) => Object.keys(runs).length > 0);
  const matches = cast.some(({ kind }) => kind.kind === 'sampler');
  return {
    demiurge: versionOf('demiurge'),
    node: process.version,
    machine: `${platform()} ${arch()}`,
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    ...(networks ? { onnxruntime: versionOf('onnxruntime-node') } : {}),
    ...(matches ? { index: indexIn() } : {}),
  };
}

function versionOf(name: string): string {
  return (require(`${name}/package.json`) as { version: string }).version;
}

/** FAISS where its native part was compiled; the exact index finds the same, bit for bit. */
function indexIn(): string {
  try {
    require.resolve('faiss-node/build/Release/faiss-node.node');
    return `faiss-node ${versionOf('faiss-node')}`;
  } catch (thrown) {
    if (/cannot find module/i.test(messageOf(thrown))) return 'exact';
    throw thrown;
  }
}
