// A process may be killed, abort or fall over a bad pointer: it is back in two seconds, what it was
// hearing is counted, and nobody else notices.
import { expect, it } from 'vitest';
import type { Progress, SwarmEvent } from '../../src/swarm/index.js';
import { casting, link, play, scenario } from '../swarm/play.js';
import { breaches } from './breaches.js';
import stuck from './stuck-relay.js';

const kindFile = new URL('./stuck-relay.ts', import.meta.url).pathname;
const SIGNALS = ['SIGKILL', 'SIGSEGV', 'SIGABRT', 'SIGKILL', 'SIGSEGV', 'SIGABRT'] as const;

/** Sends the process of `b` one signal after another, each when it has been back for a second. */
function killing(done: () => void) {
  const [backMs, said]: [number[], string[]] = [[], []];
  let left: readonly NodeJS.Signals[] = SIGNALS;
  let [upSince, killedAt] = [0, 0];
  const onEvent = (event: SwarmEvent): void => {
    if (event.type === 'died') said.push(event.says);
    if (event.type === 'restarted') backMs.push(performance.now() - killedAt);
    if (backMs.length === SIGNALS.length) done();
    if (event.type !== 'progress') return;
    const { time, agents } = event.progress;
    const { pid, health, restarts } = agents.find(({ id }) => id === 'b') as Progress['agents'][0];
    const back = health === 'up' && restarts === SIGNALS.length - left.length;
    if (!back) upSince = time;
    const [signal] = left;
    if (!back || pid === undefined || signal === undefined || time < upSince + 1000) return;
    [left, killedAt] = [left.slice(1), performance.now()];
    process.kill(pid, signal);
  };
  return { onEvent, backMs, said };
}

it('an agent that is killed comes back alone each time (faults 1 and 5)', async () => {
  const cast = [
    casting('a', { every: 0.1 }),
    { ...casting('b', {}, stuck), isolation: 'process', kindFile } as const,
    casting('c'),
  ];
  const links = [link('a', 'b'), link('a', 'c'), link('b', 'c')];
  const piece = scenario(cast, links, { supervision: { windowSeconds: 1 } });
  const end = new AbortController();
  const { onEvent, backMs, said } = killing(() => end.abort());
  const began = performance.now();
  let startMs = 0;
  const account = await play(piece, {
    clock: 'real',
    durationSeconds: 90,
    signal: end.signal,
    onEvent(event) {
      if (event.type === 'started') startMs = performance.now() - began;
      onEvent(event);
    },
  });
  expect(breaches({ piece, ...account })).toEqual([]);
  expect(said).toEqual(SIGNALS);
  // On a machine that is busy with other things a start takes longer, the first one too.
  expect(Math.max(...backMs)).toBeLessThan(Math.max(2000, 4 * startMs));
  expect(account.summary.agents.map(({ restarts }) => restarts)).toEqual([0, SIGNALS.length, 0]);
  expect(account.summary.links[1]).toMatchObject({ dropped: 0 });
});
