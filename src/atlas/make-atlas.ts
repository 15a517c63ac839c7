import { UserError, seededRandom } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import type { Atlas, Row, Trail } from './atlas.js';
import { basinsOf } from './attractor.js';
import type { Circuit } from './circuit.js';
import { type Choice, circuitsOf, sameAs } from './circuits.js';
import { follow } from './iterate.js';
import { mapOf } from './map.js';
import { type Probe, type Probes, makeProbes } from './probe.js';
import { type Unplaced, trailOf } from './trail.js';

/** How an atlas is made. */
export interface AtlasOptions {
  /** A folder of recordings for scenarios without a corpus agent. */
  readonly corpus: string;
  /** Where chance comes from; the scenario's seed unless given. */
  readonly seed?: number;
  /** The most laps; 64 unless given, 16 through agents that compute in processes of their own. */
  readonly laps?: number;
  /** Length of the probes; 3 unless given. */
  readonly seconds?: number;
  /** A sound file as one more probe. */
  readonly probe?: string;
  /** Only these, by name: `loop 1`, `loop1`, an agent's id. */
  readonly only?: readonly string[];
  /** Told of each trail when it has ended. */
  readonly onTrail?: (circuit: Circuit, trail: Unplaced) => void;
}

const SECONDS = 3;
const LAPS = 64;
/** A network takes a tenth of a second for a second of sound: enough laps to see where it goes. */
const LAPS_COMPUTED = 16;
/** Circuits are followed side by side: one computes while the other waits for its process. */
const AT_ONCE = 2;

/**
 * Sends every probe through every circuit of a scenario and says where each comes to rest. The same
 * scenario, seed and options give the same atlas. A UserError when there is nothing to follow.
 */
export async function makeAtlas(scenario: Scenario, options: AtlasOptions): Promise<Atlas> {
  const { seed = scenario.seed, seconds = SECONDS, corpus, probe: file } = options;
  const { choices, left } = circuitsOf(scenario);
  const chosen = choices.filter(({ name }) => isWanted(name, options.only));
  if (chosen.length === 0) throw nothingToFollow(scenario, choices, options.only);
  const probes = await makeProbes(scenario, {
    seconds,
    seed,
    corpus,
    ...(file === undefined ? {} : { file }),
  });
  const rows = await inTurn(chosen, (choice) => rowOf(scenario, choice, probes, options));
  const found = rows.filter((row) => row !== undefined);
  const also = chosen.filter((_, i) => rows[i] === undefined);
  const unheard = also.map(({ name, same = '' }) => ({ name, why: sameAs(same) }));
  const { title, sampleRate } = scenario;
  const asked = { title, seed, seconds, sampleRate };
  return { ...asked, rows: placed(found), left: [...left, ...unheard] };
}

function isWanted(name: string, only: readonly string[] | undefined): boolean {
  return only === undefined || only.some((one) => plain(one) === plain(name));
}

function plain(name: string): string {
  return name.replaceAll(/\s/g, '').toLowerCase();
}

function nothingToFollow(
  { file }: Scenario,
  choices: readonly Choice[],
  only: readonly string[] | undefined,
): UserError {
  const names = choices.map(({ name }) => name).join(', ');
  if (only === undefined || choices.length === 0) {
    const what = 'no loop and no agent of this scenario leads a sound back to itself';
    return new UserError({ what, where: file, hint: 'add an agent that hears what it says' });
  }
  return new UserError({
    what: `there is no ${only.join(', ')} here`,
    where: file,
    allowed: names,
  });
}

type UnplacedRow = Omit<Row, 'trails'> & { readonly trails: readonly Unplaced[] };

/**
 * The first way of a choice that answers any probe; the first of all when none does, or undefined
 * when another of its ways is in a row already.
 */
async function rowOf(
  scenario: Scenario,
  { circuits, same }: Choice,
  probes: Probes,
  options: AtlasOptions,
): Promise<UnplacedRow | undefined> {
  const mute: UnplacedRow[] = [];
  for (const circuit of circuits) {
    const row = await followed(scenario, circuit, probes, options);
    if (row.trails.some(({ answered }) => answered)) return row;
    mute.push(row);
  }
  return same === undefined ? mute[0] : undefined;
}

async function followed(
  scenario: Scenario,
  circuit: Circuit,
  { list, past }: Probes,
  { seed = scenario.seed, laps, onTrail }: AtlasOptions,
): Promise<UnplacedRow> {
  const members = scenario.cast.filter(({ id }) => circuit.members.includes(id));
  const computed = members.some(({ isolation }) => isolation === 'process');
  const lapsMax = laps ?? (computed ? LAPS_COMPUTED : LAPS);
  const trails: Unplaced[] = [];
  for (const { name, audio } of list satisfies readonly Probe[]) {
    // Each probe has chance of its own: that they meet must not come of hearing the same dice.
    const own = seededRandom(seed, 'atlas', circuit.name, name).below(2 ** 31);
    const sent = { probe: audio, past };
    const path = await follow(scenario, circuit, sent, { seed: own, laps: lapsMax });
    const trail = trailOf(name, path, scenario.sampleRate);
    trails.push(trail);
    onTrail?.(circuit, trail);
  }
  return { circuit, lapsMax, trails };
}

/** Does a few at once; the results are in the order of the items. */
async function inTurn<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<R[]> {
  const results = new Array<R>(items.length);
  let next = 0;
  const worker = async (): Promise<void> => {
    for (let i = next++; i < items.length; i = next++) results[i] = await work(items[i]!);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  return results;
}

/** Gives every place its letter and every lap its spot on one map. */
function placed(rows: readonly UnplacedRow[]): readonly Row[] {
  const trails = rows.flatMap((row) => row.trails);
  const basins = basinsOf(trails.map(({ place }) => place));
  const spots = mapOf(trails.flatMap(({ stations }) => stations.map(({ print }) => print)));
  let at = 0;
  const done = trails.map((trail, i): Trail => {
    const stations = trail.stations.map((station) => ({ ...station, spot: spots[at++]! }));
    return { ...trail, stations, basin: basins[i] };
  });
  let from = 0;
  return rows.map((row) => ({ ...row, trails: done.slice(from, (from += row.trails.length)) }));
}
