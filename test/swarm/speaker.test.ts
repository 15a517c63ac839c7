// Fault 49: a server guards the subject; that the envelope is of who may speak there is seen here.
import { expect, it } from 'vitest';
import { createEmbeddedBus, signalSubject } from '../../src/bus/index.js';
import type { Envelope } from '../../src/core/index.js';
import type { SwarmEvent } from '../../src/swarm/index.js';
import { casting, link, play, scenario } from './play.js';

const RUN = 'abcd1234';

const said = (agent: string, id: string): Envelope => ({
  id,
  lap: 0,
  source: { agent, port: 'out' },
  sequence: 1,
  time: 0,
  parents: [],
  carries: 'control',
  signal: { name: 'n', value: 1 },
});

it('an agent that speaks in the name of another is not heard, and named', async () => {
  const complaints: string[] = [];
  const bus = createEmbeddedBus({
    onError: (error, subject) => complaints.push(`${subject}: ${(error as Error).message}`),
  });
  const piece = scenario(
    [casting('a'), casting('b'), casting('c')],
    [link('a', 'b'), link('b', 'c')],
  );
  let isOver = false;
  const onEvent = ({ type }: SwarmEvent): void => {
    if (isOver || type !== 'progress') return;
    isOver = true;
    const subject = signalSubject(RUN, 'b', 'out');
    bus.publish(subject, said('a', 'a.1'));
    bus.publish(subject, said('b', 'a.2'));
    bus.publish(subject, said('b', 'b.1'));
  };
  const how = { bus, run: RUN, only: ['c'], clock: 'real', durationSeconds: 0.5, onEvent } as const;
  const { summary } = await play(piece, how);
  await bus.close();
  expect(summary.agents[0]).toMatchObject({ id: 'c', received: 1 });
  expect(complaints).toEqual([
    'demiurge.abcd1234.signal.b.out: envelope a.1 of a.out is refused: b said it',
    'demiurge.abcd1234.signal.b.out: envelope a.2 of b.out is refused: b said it',
  ]);
});
