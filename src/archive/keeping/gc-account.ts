import { basename } from 'node:path';
import type { Packing } from './pack-run.js';
import { sizeText } from './policy.js';
import type { Going } from './thinning-plan.js';
import type { RunPlan } from './tidy-run.js';
import { whyHeld } from './whole-runs.js';

/** What was done to one run. */
export interface RunTidied {
  readonly going: readonly Going[];
  readonly packing: (Packing & { readonly journalBytes: number }) | undefined;
}

/** What of one run goes for one reason. */
export interface GoneReason {
  readonly why: string;
  readonly count: number;
  readonly bytes: number;
}

/** What tidying an archive came to, or, of a dry run, would. */
export interface GcAccount {
  readonly archive: string;
  readonly dryRun: boolean;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly removed: readonly {
    readonly run: string;
    readonly folder: string;
    readonly bytes: number;
    readonly why: string;
  }[];
  readonly thinned: readonly {
    readonly run: string;
    readonly folder: string;
    readonly playing: boolean;
    readonly reasons: readonly GoneReason[];
    readonly packed?: RunTidied['packing'] | undefined;
  }[];
  readonly maxBytes?: number;
  /** Bytes beyond `max` that nothing could be done about, and why. */
  readonly over?: { readonly bytes: number; readonly says: string };
}

/** Sums up what was done. */
export function accountOf(parts: {
  readonly archive: string;
  readonly dryRun: boolean;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
  readonly plans: readonly RunPlan[];
  readonly tidied: ReadonlyMap<string, RunTidied>;
  readonly removed: GcAccount['removed'];
  readonly maxBytes?: number;
  readonly over?: number;
}): GcAccount {
  const { archive, dryRun, bytesBefore, bytesAfter, plans, tidied, removed } = parts;
  const thinned = plans.flatMap(({ facts }) => {
    const done = tidied.get(facts.folder);
    const packed = done?.packing;
    const idle = packed === undefined || packed.sounds + packed.journalBytes === 0;
    if (done === undefined || (done.going.length === 0 && idle)) return [];
    const { record, folder, playing } = facts;
    const reasons = reasonsOf(done.going);
    return [{ run: record.run, folder, playing, reasons, ...(idle ? {} : { packed }) }];
  });
  const { maxBytes, over = 0 } = parts;
  return {
    archive,
    dryRun,
    bytesBefore,
    bytesAfter,
    removed,
    thinned,
    ...(maxBytes === undefined ? {} : { maxBytes }),
    ...(over > 0 ? { over: { bytes: over, says: heldBy(plans, removed) } } : {}),
  };
}

function reasonsOf(going: readonly Going[]): readonly GoneReason[] {
  const reasons = new Map<string, GoneReason>();
  for (const { item, why } of going) {
    const { count, bytes } = reasons.get(why) ?? { count: 0, bytes: 0 };
    reasons.set(why, { why, count: count + 1, bytes: bytes + item.bytes });
  }
  return [...reasons.values()];
}

function heldBy(plans: readonly RunPlan[], removed: GcAccount['removed']): string {
  const gone = new Set(removed.map(({ folder }) => folder));
  const facts = plans.map((plan) => plan.facts).filter(({ folder }) => !gone.has(folder));
  const held = facts.flatMap((one) => {
    const why = whyHeld(one, facts);
    return why === undefined ? [] : [`${basename(one.folder)}: ${why} (${sizeText(one.bytes)})`];
  });
  return held.length === 0 ? 'what is left belongs to no run with a policy' : held.join('; ');
}
