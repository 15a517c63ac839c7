import fc from 'fast-check';
import type { Envelope } from '../../src/core/index.js';

const name = fc.stringMatching(/^[a-z][a-z0-9_]{0,8}$/);
const id = fc.tuple(name, fc.nat()).map(([agent, n]) => `${agent}.${n}`);
const ancestor = fc.record({ id, lap: fc.nat(64) });
const data = fc.float32Array({ maxLength: 64 });
const frames = {
  hopLength: fc.constantFrom(256, 1024),
  sampleRate: fc.constantFrom(22_050, 44_100),
};
const matrix = { rows: fc.nat(80), columns: fc.nat(80), data };

const signals = fc.oneof(
  fc.record({ carries: fc.constant('noise'), signal: fc.record(matrix) }),
  fc.record({ carries: fc.constant('mel'), signal: fc.record({ ...matrix, ...frames }) }),
  fc.record({
    carries: fc.constant('audio'),
    signal: fc.record({ sampleRate: fc.nat(), channels: fc.array(data, { maxLength: 3 }) }),
  }),
  fc.record({
    carries: fc.constant('descriptors'),
    signal: fc.record({ ...matrix, ...frames, names: fc.array(fc.string(), { maxLength: 5 }) }),
  }),
  fc.record({
    carries: fc.constant('matches'),
    signal: fc.record({
      list: fc.array(fc.record({ unit: fc.string(), distance: fc.double(), rank: fc.nat() })),
    }),
  }),
  fc.record({
    carries: fc.constant('control'),
    signal: fc.record({ name: fc.string({ unit: 'binary' }), value: fc.double() }),
  }),
);

/**
 * Envelopes of all six signals, with any numbers a signal may hold, NaN and the infinities among
 * them.
 */
export const arbitraryEnvelope: fc.Arbitrary<Envelope> = fc
  .tuple(
    signals,
    fc.record(
      {
        id,
        lap: fc.nat(64),
        source: fc.record({ agent: name, port: name }),
        sequence: fc.integer({ min: 1 }),
        time: fc.maxSafeNat(),
        parents: fc.array(ancestor, { maxLength: 4 }),
        models: fc.array(fc.record({ run: name, hash: fc.stringMatching(/^[0-9a-f]{64}$/) }), {
          maxLength: 2,
        }),
      },
      { requiredKeys: ['id', 'lap', 'source', 'sequence', 'time', 'parents'] },
    ),
  )
  .map(([carried, rest]) => ({ ...rest, ...carried }) as unknown as Envelope);
