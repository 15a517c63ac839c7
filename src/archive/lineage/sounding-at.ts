import type { RunIndex } from '../index-db/run-index.js';
import type { ControlRecord } from '../journal.js';
import type { RecordedLink } from '../run-record.js';

/** What sounded at one moment. */
export interface Sounding {
  /** Numbers of envelopes, in the order of the journal. */
  readonly sounds: readonly number[];
  /**
   * What counts as sounding: what reached a recorder, or any audio at all in a run that names no
   * recorder.
   */
  readonly by: 'recorders' | 'any';
}

/**
 * The audio that was to be heard at a logical time (in samples): envelopes that a link led to a
 * recorder and that last beyond it. What was dropped on the way, muted, hushed by a solo, or let
 * through with gain 0 did not sound; links that let only some messages pass (`every`,
 * `probability`) are taken to have let it.
 */
export function soundingAt(index: RunIndex, time: number): Sounding {
  const { family } = index;
  const links = linksToRecorders(index);
  const by = links.length === 0 ? 'any' : 'recorders';
  const everywhere: readonly Way[] = [{ delaySamples: 0 }];
  const controls = index.controls();
  const waysOf = new Map<string, readonly Way[]>();
  const sounds: number[] = [];
  for (let n = 0; n < family.size && family.time(n) <= time; n++) {
    const { agent, port, carries } = index.port(n);
    if (carries !== 'audio') continue;
    const from = `${agent}.${port}`;
    const known = waysOf.get(from) ?? links.filter((way) => way.link.from === from);
    waysOf.set(from, known);
    const ways = by === 'any' ? everywhere : known;
    const lasting = ways.filter(({ delaySamples }) => {
      const begins = family.time(n) + delaySamples;
      return begins <= time && time < begins + family.lengthSamples(n);
    });
    if (lasting.some((way) => passes(index, n, way, controls))) sounds.push(n);
  }
  return { sounds, by };
}

interface Way {
  readonly delaySamples: number;
  readonly link?: RecordedLink;
  readonly number?: number;
}

function linksToRecorders(index: RunIndex): readonly Required<Way>[] {
  const { agents = [], links = [] } = index.run.record;
  const recorders = new Set(agents.flatMap(({ id, kind }) => (kind === 'recorder' ? [id] : [])));
  return links.flatMap((link, number) => {
    const { to, delaySamples } = link;
    return recorders.has(to.slice(0, to.lastIndexOf('.'))) ? [{ link, number, delaySamples }] : [];
  });
}

function passes(
  index: RunIndex,
  n: number,
  { link, number }: Way,
  controls: readonly ControlRecord[],
): boolean {
  if (link === undefined) return true;
  const said = index.family.time(n);
  const { agent } = index.port(n);
  const name = `${link.from} ${link.way === 'feeds' ? '->' : '~>'} ${link.to}`;
  if (index.drops(index.id(n)).some((drop) => drop.link === name)) return false;
  const held = heldAt(controls, said);
  if (held.quiet || held.muted.has(agent)) return false;
  if (held.soloed.size > 0 && !held.soloed.has(agent)) return false;
  return (held.gains.get(number as number) ?? link.gain) > 0;
}

interface Held {
  /** Nothing reaches a recorder. */
  readonly quiet: boolean;
  readonly muted: ReadonlySet<string>;
  readonly soloed: ReadonlySet<string>;
  readonly gains: ReadonlyMap<number, number>;
}

/** What controls hold for what is said at a time. */
function heldAt(controls: readonly ControlRecord[], time: number): Held {
  const [muted, soloed] = [new Set<string>(), new Set<string>()];
  const gains = new Map<number, number>();
  let quiet = false;
  for (const { time: since, control } of controls) {
    if (since > time) continue;
    if (control.name === 'gain') gains.set(control.link, control.gain);
    if (control.name === 'quiet') quiet = control.on;
    if (control.name !== 'mute' && control.name !== 'solo') continue;
    const set = control.name === 'mute' ? muted : soloed;
    if (control.on) set.add(control.agent);
    else set.delete(control.agent);
  }
  return { quiet, muted, soloed, gains };
}
