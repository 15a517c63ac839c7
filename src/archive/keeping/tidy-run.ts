import { join } from 'node:path';
import type { Deeds } from './deeds.js';
import { PLAYING_SECONDS, type RunItems, itemsOf } from './items.js';
import { bringBack, leave, letGo, namedSince } from './leaving.js';
import { noteThinned } from './lists.js';
import { type Packing, packSounds, toPack } from './pack-run.js';
import { packSegment, journalSegments } from './segment-files.js';
import type { RunFacts } from './survey.js';
import { type Going, thinningPlan, whyGone } from './thinning-plan.js';
import { type Demand, UNUSED } from './uses.js';

/** How to carry out what was planned. */
export interface Hands {
  readonly deeds: Deeds;
  /** Waits; what the engine said meanwhile has then reached its journal. */
  wait(seconds: number): Promise<void>;
  /** Wall time, ISO 8601. */
  readonly at: string;
}

/** A run's plan: what goes by its policy, what is packed, and what it needs of its base. */
export interface RunPlan {
  readonly facts: RunFacts;
  readonly items: RunItems;
  readonly going: readonly Going[];
  readonly demand: Demand | undefined;
  /** The plans of all that descend from it by forking: they leave to it what it has already. */
  readonly heirs: readonly RunPlan[];
}

/** An engine's journal is on disk within a second or two of what it says. */
const SETTLE_SECONDS = 3;

/** Plans one run: reads its journal, takes nothing away. */
export function planRun(facts: RunFacts, heirs: readonly RunPlan[]): RunPlan {
  const children = heirs.filter((heir) => heir.facts.base === facts.folder);
  const demands = children.flatMap(({ demand }) => (demand === undefined ? [] : [demand]));
  const items = itemsOf(facts, demands);
  const { policy } = facts;
  const all = [...items.blobs, ...items.checkpoints];
  const going = policy === undefined ? [] : thinningPlan(all, policy, items.guardSeconds);
  return { facts, items, going, heirs, demand: demandOf(facts, items, demands) };
}

/** What a fork needs of the run it entered; undefined for a run that is no fork. */
function demandOf(
  { record, policy, base }: RunFacts,
  { uses, blobs, checkpoints, guardSeconds }: RunItems,
  demands: readonly Demand[],
): Demand | undefined {
  if (base === undefined) return undefined;
  const stays = (use: Parameters<typeof whyGone>[0]): boolean =>
    policy === undefined || whyGone(use, policy, guardSeconds) === undefined;
  const here = new Set(blobs.map(({ hash }) => hash));
  const ancestors = [...uses.beyond].filter(([, use]) => {
    return stays({ ...UNUSED, ...use, own: use.youngest, carries: undefined });
  });
  const said = [...uses.blobs].filter(([, use]) => stays(use)).map(([hash]) => hash);
  const states = checkpoints.filter(stays).flatMap(({ names }) => names);
  const passedOn = demands.flatMap(({ hashes }) => [...hashes]);
  return {
    before: record.origin?.at ?? 0,
    envelopes: new Set(ancestors.map(([id]) => id)),
    hashes: new Set([...said, ...states, ...passedOn].filter((hash) => !here.has(hash))),
  };
}

/** Puts a run in order that a power cut left between two deeds. */
export function recover(run: string, deeds: Deeds): void {
  bringBack(run, () => true, deeds);
  letGo(run, deeds);
}

/**
 * Takes away what goes: first it is listed, then it leaves, and of a playing run what was named
 * again meanwhile comes back. A power cut between any two deeds loses nothing that stays.
 */
export async function thinRun(
  plan: RunPlan,
  going: readonly Going[],
  more: readonly string[],
  { deeds, wait, at }: Hands,
): Promise<void> {
  const { facts } = plan;
  const files = [...going.flatMap(({ item }) => item.files), ...more];
  if (files.length === 0) return;
  const listed = going.map(({ item: { hash, bytes }, why }) => ({ hash, bytes, why, at }));
  noteThinned(facts.folder, listed, deeds);
  leave(facts.folder, [...new Set(files)], deeds);
  const playing = [plan, ...plan.heirs].filter((one) => one.facts.playing);
  if (playing.length > 0) {
    await wait(SETTLE_SECONDS);
    const named = new Set(playing.flatMap((one) => [...namedLately(one)]));
    bringBack(facts.folder, (file) => named.has(/[0-9a-f]{64}/.exec(file)?.[0] ?? ''), deeds);
  }
  letGo(facts.folder, deeds);
}

/** What a playing run has named since shortly before its journal was read. */
function namedLately({ facts, items }: RunPlan): ReadonlySet<string> {
  const { folder, record, sinceEndSeconds } = facts;
  const since = items.uses.nowSeconds - sinceEndSeconds - PLAYING_SECONDS;
  return namedSince(folder, since * record.sampleRate);
}

/** Packs what its policy wants packed: old sound as FLAC, and sealed parts of the journal. */
export async function packRun(
  { facts, items, going }: RunPlan,
  deeds: Deeds,
): Promise<Packing & { readonly journalBytes: number }> {
  const { policy, folder, playing } = facts;
  const gone = new Set(going.map(({ item }) => item.hash));
  const left = items.blobs.filter(({ hash }) => !gone.has(hash));
  const sounds = await packSounds(folder, policy === undefined ? [] : toPack(left, policy), deeds);
  const segments = journalSegments(join(folder, 'journal')).filter((file) =>
    file.endsWith('.jsonl'),
  );
  const sealed = playing ? segments.slice(0, -1) : segments;
  const freed = sealed.map((file) => packSegment(file, deeds));
  return { ...sounds, journalBytes: freed.reduce((sum, bytes) => sum + bytes, 0) };
}
