import { expect, test } from 'vitest';
import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';
import { makeContext, rehearse } from '../../src/testing/index.js';

/** Counts its beats, and repeats each control after a while. */
const echo = defineAgent({
  kind: 'echo',
  summary: 'Repeats a control later.',
  params: z.object({ later: z.number().default(100) }),
  inputs: { heard: port.control('what to repeat') },
  outputs: { said: port.control('the same'), beat: port.control('the beat and a chance') },
  ticks: () => ({ everySeconds: 1 }),
  start: (): null => null,
  receive: (state, message, { params, random }) => {
    if (message.port === 'heard') {
      return { state, emit: [{ port: 'said', signal: message.signal, after: params.later }] };
    }
    const signal = { name: 'chance', value: random.next() };
    return { state, emit: [{ port: 'beat', signal }] };
  },
});

const gain = { name: 'gain', value: 1 };

test('what is said is stamped as the runtime would: time, parents, lap', async () => {
  const given = [
    { port: 'heard', signal: gain },
    { port: 'heard', signal: gain, at: 5000, id: 'mel.3', lap: 4 },
  ];
  const said = await rehearse(echo, {}, given);
  expect(said.map(({ at, lap, step }) => [at, lap, step])).toEqual([
    [100, 0, 0],
    [5100, 4, 1],
  ]);
  expect(said[1]!.parents).toEqual([{ id: 'mel.3', lap: 4 }]);
});

test('a tick is nobody’s parent', async () => {
  const [said] = await rehearse(echo, {}, [{ port: 'tick' }]);
  expect(said!.parents).toEqual([]);
});

test('chance differs between steps and seeds, never between rehearsals', async () => {
  const ticks = [{ port: 'tick' }, { port: 'tick' }];
  const chances = async (seed: number): Promise<unknown[]> =>
    (await rehearse(echo, {}, ticks, { seed })).map(({ signal }) => signal);
  const [once, again, other] = [await chances(1), await chances(1), await chances(2)];
  expect(once).toEqual(again);
  expect(once[0]).not.toEqual(once[1]);
  expect(once).not.toEqual(other);
});

test('params are parsed: defaults come in, unfit ones are refused', async () => {
  const given = [{ port: 'heard', signal: gain, at: 0 }];
  expect((await rehearse(echo, {}, given))[0]!.at).toBe(100);
  await expect(rehearse(echo, { later: 'soon' }, given)).rejects.toThrow(/later/);
});

test('a context without a run says which role lacks one', () => {
  expect(() => makeContext({ params: {} }).run('model')).toThrow(/no run fills the role `model`/);
});
