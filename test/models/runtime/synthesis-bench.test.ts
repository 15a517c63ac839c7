import { expect, it } from 'vitest';
import { benchSynthesis } from '../../../bench/synthesis.js';
import { seededRandom } from '../../../src/core/index.js';
import { initialWeights, parseConfig } from '../../../src/models/index.js';
import type { NetworkKind, NetworkParts } from '../../../src/models/index.js';

function parts(kind: NetworkKind, raw: object): NetworkParts {
  const config = parseConfig(kind, raw);
  return { kind, config, weights: initialWeights(kind, config, seededRandom(1)) };
}

it('the synthesis bench times our graphs beside plain ones over the same audio', async () => {
  const una = parts('una-gan', { mfd: 16 });
  const mel = parts('mel-gan-gru', { ngf: 2 });
  const report = await benchSynthesis({ una, mel, seconds: 0.2, rounds: 3, threads: 1 });
  expect(report.seconds).toBeCloseTo((3 * 16 * 256) / 44_100, 6);
  expect(report.xRealtime).toBeCloseTo(report.seconds / report.computeSeconds, 6);
  expect(report.ratio).toBeCloseTo(report.peer.computeSeconds / report.computeSeconds, 6);
  expect(report).toMatchObject({ rounds: 3, threads: 1, peer: { name: 'plain ONNX graphs' } });
});
