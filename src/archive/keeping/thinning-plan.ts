import { type ArchivePolicy, spanText } from './policy.js';
import type { Use } from './uses.js';

/** Something of a run that may go by itself: a blob or a checkpoint. */
export interface Item extends Use {
  /** SHA-256 of the numbers, or of the checkpoint's file. */
  readonly hash: string;
  /** Where it lies, from the run's folder: one file, or two while it is being packed. */
  readonly files: readonly string[];
  readonly bytes: number;
  /** What its envelopes carry; undefined for a checkpoint, its arrays, or several kinds. */
  readonly carries: string | undefined;
  /** Age at which it was last said itself. */
  readonly own: number;
}

/** An item that goes, and why. */
export interface Going {
  readonly item: Item;
  readonly why: string;
}

/**
 * What of a run goes by its policy; nothing that is younger than a guard does, which a run that
 * plays has. What stays is closed: with an envelope that is young, in a take
 * or pinned, all its ancestors stay (but for mels under `mel: drop`), because their uses are at
 * least those of their descendants.
 */
export function thinningPlan(
  items: Iterable<Item>,
  policy: ArchivePolicy,
  guardSeconds: number,
): readonly Going[] {
  const going: Going[] = [];
  for (const item of items) {
    const why = whyGone(item, policy, guardSeconds);
    if (why !== undefined) going.push({ item, why });
  }
  return going;
}

/** Why something with this use goes by a policy; undefined when it stays. */
export function whyGone(
  item: Pick<Item, 'own' | 'carries'> & Use,
  policy: ArchivePolicy,
  guardSeconds: number,
): string | undefined {
  const { keepSeconds = Infinity, thin, mel, packAfterSeconds } = policy;
  if (item.pinned || item.youngest < guardSeconds) return undefined;
  if (mel === 'drop' && item.carries === 'mel' && item.own > packAfterSeconds) {
    return `mel: drop, older than ${spanText(packAfterSeconds)}`;
  }
  if (item.youngest > keepSeconds) return `older than ${spanText(keepSeconds)}`;
  if (thin === undefined || item.youngest <= thin.afterSeconds) return undefined;
  if (item.take < Infinity && item.take <= keepSeconds) return undefined;
  const [after, every] = [spanText(thin.afterSeconds), spanText(thin.everySeconds)];
  return `older than ${after}, in no take every ${every}`;
}
