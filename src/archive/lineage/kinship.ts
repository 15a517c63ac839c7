import type { ModelRef } from '../../core/index.js';
import type { RunIndex } from '../index-db/run-index.js';
import type { ControlRecord } from '../journal.js';
import { controlsOnTheWay } from './controls-on-the-way.js';
import { corpusHash } from './corpus-hash.js';
import { type SeedSpan, seedsOf } from './seeds-of.js';

/** What an agent contributed. */
export interface AgentShare {
  readonly agent: string;
  /** Absent where `run.json` does not say. */
  readonly kind?: string;
  readonly envelopes: number;
}

/** A recording that sounds came from: the first and the last sample at which one of them began. */
export interface FileShare {
  readonly file: string;
  /** SHA-256, where `run.json` says it. */
  readonly hash?: string;
  readonly envelopes: number;
  readonly firstSample: number;
  readonly lastSample: number;
}

/** A model and how many envelopes it computed. */
export interface ModelShare extends ModelRef {
  readonly envelopes: number;
}

/** Envelopes with all their ancestors, or with all their descendants. */
export interface Kinship {
  readonly side: 'ancestors' | 'descendants';
  /** Who was asked about, by number. */
  readonly of: readonly number[];
  /** Numbers of all of them, ascending, which is the order of time; `of` included. */
  readonly members: Int32Array;
  readonly lapMax: number;
  /** Those that carry audio. */
  readonly sounds: number;
  /** Those that nobody was the parent of. */
  readonly firstWords: number;
  /** Ids that are named as parents and were never said, at most 100. */
  readonly missing: readonly string[];
  readonly agents: readonly AgentShare[];
  readonly files: readonly FileShare[];
  readonly models: readonly ModelShare[];
  readonly seeds: readonly SeedSpan[];
  /** Controls of before, that concern agents or links among them. */
  readonly controls: readonly ControlRecord[];
}

/**
 * These envelopes and everyone they descend from through all laps, each once: down to recordings
 * and first words. `of` are numbers of `index.find`. One pass over the journal's numbers.
 */
export function ancestryOf(index: RunIndex, of: readonly number[]): Kinship {
  return kinshipOf(index, 'ancestors', of, index.family.ancestors(of));
}

/** These envelopes and everyone who descends from them, each once. */
export function descendantsOf(index: RunIndex, of: readonly number[]): Kinship {
  return kinshipOf(index, 'descendants', of, index.family.descendants(of));
}

const MISSING_NAMED = 100;

function kinshipOf(
  index: RunIndex,
  side: Kinship['side'],
  of: readonly number[],
  members: Int32Array,
): Kinship {
  const { family, run } = index;
  const tally = tallyOf(index, members);
  const agents = agentShares(index, tally.ports);
  const until = members.length === 0 ? 0 : family.time(members.at(-1) as number);
  const orphans = side === 'ancestors' ? tally.orphans : [];
  return {
    side,
    of,
    members,
    lapMax: tally.lapMax,
    sounds: tally.sounds,
    firstWords: tally.firstWords,
    missing: orphans.slice(0, MISSING_NAMED).flatMap((n) => index.missing(n)),
    agents,
    files: fileShares(index, members),
    models: modelShares(index, tally.models),
    seeds: seedsOf(run),
    controls: controlsOnTheWay(index, new Set(agents.map(({ agent }) => agent)), until),
  };
}

interface Tally {
  readonly lapMax: number;
  readonly sounds: number;
  readonly firstWords: number;
  /** Numbers of envelopes with a missing parent. */
  readonly orphans: readonly number[];
  /** One envelope of each port and of each list of models, and how many there are. */
  readonly ports: Counted;
  readonly models: Counted;
}

interface Count {
  readonly example: number;
  count: number;
}
type Counted = readonly Count[];

function tallyOf(index: RunIndex, members: Int32Array): Tally {
  const { family } = index;
  const ports = counted(members, (n) => family.port(n));
  const models = counted(members, (n) => family.models(n));
  const orphans: number[] = [];
  let [lapMax, firstWords] = [0, 0];
  for (const n of members) {
    lapMax = Math.max(lapMax, family.lap(n));
    if (family.isFirstWord(n)) firstWords++;
    else if (family.isOrphan(n)) orphans.push(n);
  }
  const audible = ports.filter(({ example }) => index.port(example).carries === 'audio');
  const sounds = audible.reduce((sum, { count }) => sum + count, 0);
  return { lapMax, sounds, firstWords, orphans, ports, models };
}

/** How often each key of 0 and more occurs; an array by key is far quicker here than a map. */
function counted(members: Int32Array, keyOf: (n: number) => number): Counted {
  const counts: (Count | undefined)[] = [];
  for (const n of members) {
    const key = keyOf(n);
    if (key < 0) continue;
    const known = counts[key];
    if (known === undefined) counts[key] = { example: n, count: 1 };
    else known.count++;
  }
  return counts.filter((count) => count !== undefined);
}

function agentShares(index: RunIndex, ports: Counted): readonly AgentShare[] {
  const kinds = new Map(index.run.record.agents?.map(({ id, kind }) => [id, kind]));
  const shares = new Map<string, number>();
  for (const { example, count } of ports) {
    const { agent } = index.port(example);
    shares.set(agent, (shares.get(agent) ?? 0) + count);
  }
  const order = [...kinds.keys()];
  return [...shares]
    .map(([agent, envelopes]) => {
      const kind = kinds.get(agent);
      return { agent, envelopes, ...(kind === undefined ? {} : { kind }) };
    })
    .sort((a, b) => order.indexOf(a.agent) - order.indexOf(b.agent));
}

function fileShares(index: RunIndex, members: Int32Array): readonly FileShare[] {
  const among = new Uint8Array(index.family.size);
  for (const n of members) among[n] = 1;
  const shares = new Map<number, { envelopes: number; first: number; last: number }>();
  index.family.eachOrigin((n, file, sample) => {
    if (among[n] === 0) return;
    const share = shares.get(file) ?? { envelopes: 0, first: sample, last: sample };
    share.envelopes++;
    share.first = Math.min(share.first, sample);
    share.last = Math.max(share.last, sample);
    shares.set(file, share);
  });
  return [...shares]
    .map(([file, { envelopes, first, last }]) => {
      const name = index.file(file);
      const hash = corpusHash(index.run.record, name);
      const share = { file: name, envelopes, firstSample: first, lastSample: last };
      return hash === undefined ? share : { ...share, hash };
    })
    .sort((a, b) => b.envelopes - a.envelopes);
}

function modelShares(index: RunIndex, lists: Counted): readonly ModelShare[] {
  const shares = new Map<string, ModelShare>();
  for (const { example, count } of lists) {
    for (const { run, hash } of index.models(example)) {
      const key = `${run} ${hash}`;
      shares.set(key, { run, hash, envelopes: (shares.get(key)?.envelopes ?? 0) + count });
    }
  }
  return [...shares.values()];
}
