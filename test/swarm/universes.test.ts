import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import type { SaidRecord } from '../../src/archive/index.js';
import { loadScenario } from '../../src/scenarios/index.js';
import { play } from './play.js';

const SCENARIO = fileURLToPath(new URL('../../scenarios/10-universes.yaml', import.meta.url));

/** What a universe said, without its name. */
function voiceOf(universe: string, said: readonly SaidRecord[]): readonly string[] {
  return said
    .filter(({ id }) => id.startsWith(`${universe}/`))
    .map(({ id, time, hash }) => `${id.slice(universe.length)} ${time} ${hash}`);
}

it('plays universes that are the same to the sample until they fork, and then are not', async () => {
  const loaded = await loadScenario(SCENARIO);
  if (!loaded.ok) throw new Error(JSON.stringify(loaded.problems));
  const fork = 12 * loaded.value.sampleRate;
  const { records, audio } = await play(loaded.value);
  const said = records.filter((record) => record.type === 'said');
  const [before, after] = [true, false].map((early) => {
    const part = said.filter(({ time }) => time < fork === early);
    return ['garden-1', 'garden-2', 'garden-3'].map((universe) => voiceOf(universe, part));
  });
  expect(before?.[0]?.length).toBeGreaterThan(10);
  expect(before?.[1]).toEqual(before?.[0]);
  expect(before?.[2]).toEqual(before?.[0]);
  expect(new Set(after?.map((voice) => voice.join('\n'))).size).toBe(3);
  expect(new Set(audio).size).toBe(4);
});
