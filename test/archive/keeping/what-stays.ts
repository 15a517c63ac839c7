import type { ArchivePolicy, Pin } from '../../../src/archive/index.js';
import { type Saying, hashOfContent } from './archive-on-disk.js';

const SOUND_SECONDS = 2;

/** The hashes that have to stay, found the long way: every root, and all its ancestors. */
export function whatStays(
  sayings: readonly Saying[],
  policy: Partial<ArchivePolicy>,
  nowSeconds: number,
  pins: readonly Pin[] = [],
): ReadonlySet<string> {
  const roots = sayings.filter((one) => {
    const age = nowSeconds - one.seconds;
    const { keepSeconds = Infinity, thin } = policy;
    if (pins.some((pin) => isPinned(one, pin))) return true;
    if (age > keepSeconds) return false;
    return thin === undefined || age <= thin.afterSeconds || inTake(one, thin);
  });
  return hashesOf(sayings, familyOf(sayings, roots));
}

/** Some envelopes and all their ancestors, by id. */
export function familyOf(
  sayings: readonly Saying[],
  roots: readonly Saying[],
): ReadonlySet<string> {
  const byId = new Map(sayings.map((one) => [one.id, one]));
  const family = new Set<string>();
  const waiting = roots.map(({ id }) => id);
  for (let id = waiting.pop(); id !== undefined; id = waiting.pop()) {
    if (family.has(id)) continue;
    family.add(id);
    waiting.push(...(byId.get(id)?.parents ?? []));
  }
  return family;
}

/** What some envelopes say, as hashes. */
export function hashesOf(
  sayings: readonly Saying[],
  ids: ReadonlySet<string>,
): ReadonlySet<string> {
  const saying = sayings.filter(({ id, carries }) => ids.has(id) && carries !== 'control');
  return new Set(saying.map(({ content }) => hashOfContent(content)));
}

function isPinned({ id, seconds, carries }: Saying, pin: Pin): boolean {
  if (pin.pin === 'run') return true;
  if (pin.pin === 'envelope') return pin.envelope === id;
  const until = carries === 'audio' ? seconds + SOUND_SECONDS : seconds;
  return seconds < pin.to && (seconds >= pin.from || until > pin.from);
}

/** Second by tenth of a second, because takes are counted and not reckoned here. */
function inTake(
  { seconds, carries }: Saying,
  { everySeconds, takeSeconds }: NonNullable<ArchivePolicy['thin']>,
): boolean {
  const until = carries === 'audio' ? seconds + SOUND_SECONDS : seconds;
  for (let take = 0; take <= until; take += everySeconds) {
    const saidInIt = seconds >= take && seconds < take + takeSeconds;
    if (saidInIt || (seconds < take && until > take)) return true;
  }
  return false;
}
