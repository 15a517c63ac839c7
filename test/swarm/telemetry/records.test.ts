import { describe, expect, it } from 'vitest';
import { BUILT_IN_KINDS } from '../../../src/agents/index.js';
import { createEmbeddedBus, type Bus } from '../../../src/bus/index.js';
import type { Envelope } from '../../../src/core/index.js';
import { lossOf } from '../../../src/telemetry/index.js';
import { faultyBus } from '../../../src/testing/index.js';
import { audioLink, casting, link, type relay, scenario } from '../play.js';
import { echo, hummer, of, singer, watched } from './watched.js';

const recorder = BUILT_IN_KINDS.get('recorder') as typeof relay;

/** A voice goes round an echo and is recorded on its way. */
const round = scenario(
  [casting('voice', { count: 1 }, singer), casting('echo', {}, echo), casting('out', {}, recorder)],
  [
    audioLink('voice', 'echo'),
    audioLink('echo', 'out'),
    audioLink('echo', 'echo', { delaySamples: 1000, gain: 0.9 }),
  ],
);

describe('the records of a run', () => {
  it('begin with the scene and end with the end, states between', async () => {
    const { records, last, run } = await watched(round, { durationSeconds: 8.5 });
    expect(records[0]).toMatchObject({
      type: 'scene',
      v: 1,
      clock: 'virtual',
      run: run.summary.run,
      agents: [{ id: 'voice', outside: true }, { id: 'echo', outside: false }, { id: 'out' }],
      loops: [{ number: 1, agents: ['echo'], links: [2] }],
    });
    expect(records.at(-1)).toEqual({ type: 'ended', reason: 'finished' });
    expect(last.agents.map(({ id, emitted }) => [id, emitted])).toEqual([
      ['voice', 1],
      ['echo', 9],
      ['out', 0],
    ]);
    expect(last.agents.find(({ id }) => id === 'out')).toMatchObject({
      received: 9,
      restartsLeft: 10,
      inbox: 0,
    });
    const returning = last.links[2];
    expect(returning).toMatchObject({ sent: 9, delivered: 8, delayP95Seconds: 1 });
    expect(returning?.bytes).toBe(9 * 2032);
  });

  it('count every lap that circulated (T11)', async () => {
    const { last } = await watched(round, { durationSeconds: 4.5 });
    expect(last.loops[0]?.laps).toEqual([
      [1, 1],
      [2, 1],
      [3, 1],
      [4, 1],
      [5, 1],
    ]);
    expect(last.lapsMax).toBe(4);
  });

  it('tell each envelope and each sound with its line of descent to its first word', async () => {
    const { records } = await watched(round, { durationSeconds: 2.5 });
    const said = of(records, 'said');
    expect(said.map(({ id }) => id)).toEqual(['voice.1', 'echo.1', 'echo.2', 'echo.3']);
    expect(said[0]).toMatchObject({ bytes: 2032, shape: [1, 500], durationSeconds: 0.5 });
    expect(said[0]?.peakDb).toBeCloseTo(-20.4, 1);
    expect(said[0]?.rmsDb).toBeCloseTo(-23, 1);
    const sounding = of(records, 'sounding').at(-1);
    expect(sounding).toMatchObject({ id: 'echo.3', seconds: 2, lap: 2, ancestors: 3 });
    expect(sounding?.lineage).toEqual([
      { id: 'echo.3', agent: 'echo', carries: 'audio', lap: 2 },
      { id: 'echo.2', agent: 'echo', carries: 'audio', lap: 1, way: 'returns' },
      { id: 'echo.1', agent: 'echo', carries: 'audio', lap: 0, way: 'returns' },
      { id: 'voice.1', agent: 'voice', carries: 'audio', lap: 0, way: 'feeds' },
    ]);
    expect(sounding?.roots).toEqual([{ name: 'voice', share: 1 }]);
  });

  it('paint a tone brightest in the band of its frequency, as loud as it is', async () => {
    const piece = scenario([casting('voice', { count: 1, lasts: 3 }, singer)], []);
    const { records } = await watched(piece, { durationSeconds: 2 });
    const { bands, columns, hertz, data } = of(records, 'sounding')[0]!.picture;
    const bytes = Buffer.from(data, 'base64');
    expect(bytes).toHaveLength(bands * columns);
    const column = [...bytes.subarray(bands, 2 * bands)];
    const brightest = column.indexOf(Math.max(...column));
    expect(Math.abs((hertz[brightest] ?? 0) - 100)).toBeLessThan(10);
    expect((column[brightest]! / 255) * 90 - 90).toBeCloseTo(-20, -1);
  });

  it('say which share of what is heard came from outside (T14)', async () => {
    const piece = scenario(
      [
        casting('voice', { lasts: 0.25 }, singer),
        casting('own', { lasts: 0.75 }, hummer),
        casting('ear', {}, echo),
        casting('out', {}, recorder),
      ],
      [audioLink('voice', 'ear'), audioLink('own', 'ear'), audioLink('ear', 'out')],
    );
    const { records } = await watched(piece, { durationSeconds: 10 });
    expect(of(records, 'life').at(-1)?.freshRatio).toBe(0.25);
  });

  it('show what a bus lost: 10 to 19 of 100 are 10 lost, 10.0 % (T16)', async () => {
    const piece = scenario(
      [casting('a', { every: 0.01, count: 100 }), casting('b')],
      [link('a', 'b')],
    );
    const bus = faultyBus(losing(10, 19), { seed: 1 });
    const { last } = await watched(piece, { bus });
    const { lost, percent } = lossOf(last.links[0]!);
    expect(last.links[0]).toMatchObject({ sent: 100, delivered: 90, dropped: 10 });
    expect(`${lost} lost, ${percent.toFixed(1)} %`).toBe('10 lost, 10.0 %');
    await bus.close();
  });
});

/** An embedded bus that loses the envelopes of some sequence numbers. */
function losing(first: number, last: number): Bus {
  const bus = createEmbeddedBus();
  const publish: Bus['publish'] = (subject, body) => {
    const { sequence } = body as Envelope;
    if (!(sequence >= first && sequence <= last)) bus.publish(subject, body);
  };
  return new Proxy(bus, {
    get: (target, name) => {
      if (name === 'publish') return publish;
      const value = Reflect.get(target, name, target) as unknown;
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}
