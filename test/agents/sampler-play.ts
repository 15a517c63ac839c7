import { sampler } from '../../src/agents/kinds/sampler.js';
import type { Audio, Descriptors, Matches } from '../../src/core/index.js';
import { seededRandom } from '../../src/core/index.js';
import { type Given, type Said, chirp, hiss, rehearse } from '../../src/testing/index.js';

/** A melody no two moments of which are alike. */
export function melody(seconds: number): Audio {
  const random = seededRandom(5, 'melody');
  const [rise, noise] = [chirp(200, 3000, { seconds }), hiss(2, { seconds, peak: 0.05 })];
  const level = Array.from({ length: 200 }, () => 0.2 + 0.8 * random.next());
  const samples = rise.channels[0]!.map((x, i) => {
    const loudness = level[Math.floor(i / 2048) % 200] ?? 1;
    return Math.round((x * loudness + (noise.channels[0]![i] ?? 0)) * 32_000) / 32_768;
  });
  return { sampleRate: 44_100, channels: [samples] };
}

/** A sound for the sampler to remember. */
export const corpus = (signal: Audio, id?: string): Given => ({
  port: 'corpus',
  signal,
  ...(id === undefined ? {} : { id }),
});

/** A composition to play. */
export const query = (signal: Descriptors): Given => ({ port: 'query', signal });

/** Some frames of a string. */
export function frames(from: Descriptors, first: number, count: number): Descriptors {
  const data = from.data.slice(first * from.columns, (first + count) * from.columns);
  return { ...from, rows: count, data };
}

/** What was said at one port. */
export const at = (said: readonly Said[], port: string): readonly Said[] =>
  said.filter((one) => one.port === port);
/** The units of all matches, in playing order. */
export const units = (said: readonly Said[]): string[] =>
  at(said, 'matches').flatMap(({ signal }) => (signal as Matches).list.map(({ unit }) => unit));
/** Rehearses a sampler. */
export const play = (params: object, given: readonly Given[]): Promise<readonly Said[]> =>
  rehearse(sampler, { index: 'exact', ...params }, given);

/** The first sound that was said. */
export function soundOf(said: readonly Said[]): Float32Array {
  const [first] = at(said, 'audio');
  return (first!.signal as Audio).channels[0]!;
}

/** The first matches that were said. */
export function matchesOf(said: readonly Said[]): Matches {
  return at(said, 'matches')[0]!.signal as Matches;
}
