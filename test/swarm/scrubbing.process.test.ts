// An agent in a process of its own that is poisoned begins anew within it: nothing is killed.
import { expect, it } from 'vitest';
import { audioLink, casting, play, scenario } from './play.js';
import filter from './poisoned-filter.js';
import { echo } from './telemetry/watched.js';

const kindFile = new URL('./poisoned-filter.ts', import.meta.url).pathname;

it('does what it does in the engine, in a process of its own', async () => {
  const voice = casting('voice', { spoilt: [3], stays: true }, filter);
  const piece = (rest: object) =>
    scenario([{ ...voice, ...rest }, casting('echo', {}, echo)], [audioLink('voice', 'echo')]);
  const here = await play(piece({}));
  const there = await play(piece({ isolation: 'process', kindFile }));
  expect(there.records).toEqual(here.records);
  expect(there.summary.agents[0]).toMatchObject({ scrubbed: 3, restarts: 1, failures: 0 });
});
