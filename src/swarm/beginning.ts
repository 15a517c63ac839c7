import { Blobs, Journal } from '../archive/index.js';
import { Chronicle } from './chronicle.js';
import { beginningOf } from './checkpoint/entry.js';
import { CheckpointKeeper, type KeeperParts } from './checkpoint/keeper.js';
import { checkpointPlan } from './checkpoint/plan.js';
import { recallSnapshot } from './checkpoint/snapshot.js';
import type { Steering } from './control/steering.js';
import type { Post } from './post.js';
import { Shelf } from './shelf.js';
import type { StageParts } from './stage-parts.js';

/** Opens the journal of a performance, and the signals behind it. */
export function openChronicle({ folder, options, scenario }: StageParts): Chronicle {
  const { enter, onRecord, disk } = options;
  const on = disk === undefined ? {} : { disk };
  const others = enter?.blobs ?? [];
  const { sync } = scenario.archive;
  const blobs = new Blobs(folder.blobs, scenario.limits.archiveBytes, { others, sync, ...on });
  const after = enter?.chain ? { after: enter.chain } : {};
  const journal = new Journal(folder.journal, { ...after, ...on });
  return new Chronicle(journal, blobs, { began: beginningOf(enter), sync, onRecord });
}

/** Who keeps the checkpoints of a performance, as its options say. */
export function keeperOf(
  { cast, folder, options, scenario }: StageParts,
  { chronicle, notify, memories }: Pick<KeeperParts, 'chronicle' | 'notify' | 'memories'>,
): CheckpointKeeper {
  const { enter, checkpoints = checkpointPlan(scenario.archive) } = options;
  // What plays elsewhere cannot be kept here.
  const plan = options.only === undefined && !options.follow ? checkpoints : 'off';
  return new CheckpointKeeper({
    ...cast,
    plan,
    began: beginningOf(enter),
    sampleRate: scenario.sampleRate,
    folder: folder.path,
    blobs: [folder.blobs, ...(enter?.blobs ?? [])],
    chronicle,
    notify,
    memories,
  });
}

/** The shelf of a performance, in its folder. */
export function shelfOf(
  { folder, scenario }: StageParts,
  { chronicle, notify }: Pick<KeeperParts, 'chronicle' | 'notify'>,
): Shelf {
  const { sampleRate, supervision } = scenario;
  const after = supervision.shelveAfter;
  return new Shelf({ after, sampleRate, folder: folder.path, chronicle, notify });
}

/** What is put where it was when a run begins in the middle. */
export interface Whole {
  readonly post: Post;
  readonly chronicle: Chronicle;
  readonly steering: Steering;
}

/** Puts everything where it was at the entry, if there is one, and plans the controls to come. */
export async function begin(parts: StageParts, whole: Whole): Promise<void> {
  const { cast, options, scenario } = parts;
  const { enter, plannedControls = [] } = options;
  const { post, chronicle, steering } = whole;
  if (enter !== undefined) {
    const { sampleRate } = scenario;
    recallSnapshot(enter.checkpoint, { ...cast, sampleRate, post });
    await steering.recall(enter.controls);
    if (enter.record !== undefined) chronicle.checkpoint(enter.record);
  }
  await steering.plan(plannedControls);
}
