import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { UserError } from '../../core/index.js';
import type { RunRecord } from '../run-record.js';
import { type BudgetPlan, type BudgetRun, budgetPlan } from './budget.js';
import { DISK, type Deeds } from './deeds.js';
import { type GcAccount, accountOf, type RunTidied } from './gc-account.js';
import { lockArchive } from './lock.js';
import { expiredRuns, whyHeld } from './whole-runs.js';
import { ARCHIVE_POLICY_DEFAULT, type ArchivePolicy, tidies } from './policy.js';
import { bytesOf, type RunFacts, surveyRuns } from './survey.js';
import type { Packing } from './pack-run.js';
import { type Hands, packRun, planRun, recover, type RunPlan, thinRun } from './tidy-run.js';
import type { Going } from './thinning-plan.js';

/** How to tidy an archive. */
export interface GcOptions {
  /** The folder that holds runs, or the folder of one run. */
  readonly archive: string;
  /** Wall time in milliseconds since 1970. */
  readonly nowMs: number;
  /** Says what would go and touches nothing. */
  readonly dryRun?: boolean;
  /** Holds for every run, also those without a policy, instead of what their scenarios say. */
  readonly policy?: Partial<ArchivePolicy>;
  readonly deeds?: Deeds;
  wait(seconds: number): Promise<void>;
}

/**
 * Tidies an archive by its runs' policies: old finished runs go, then what their policies thin,
 * then old sound and journals are packed, then as much more as `max` asks for. What a fork needs
 * of the run it entered stays. A UserError when there is no such folder, or a run is damaged.
 */
export async function gc(options: GcOptions): Promise<GcAccount> {
  const archive = resolve(options.archive);
  if (!existsSync(archive)) {
    throw new UserError({ what: 'there is no such folder', where: options.archive });
  }
  if (options.dryRun === true) return new Tidying(archive, options).run();
  const unlock = lockArchive(archive);
  try {
    return await new Tidying(archive, options).run();
  } finally {
    unlock();
  }
}

class Tidying {
  readonly #archive: string;
  readonly #options: GcOptions;
  readonly #hands: Hands;
  readonly #tidied = new Map<string, RunTidied>();
  readonly #removed: { run: string; folder: string; bytes: number; why: string }[] = [];

  constructor(archive: string, options: GcOptions) {
    this.#archive = archive;
    this.#options = options;
    const { deeds = DISK, wait, nowMs } = options;
    this.#hands = { deeds, wait, at: new Date(nowMs).toISOString() };
  }

  async run(): Promise<GcAccount> {
    const { dryRun = false } = this.#options;
    const bytesBefore = bytesOf(this.#archive);
    if (!dryRun) this.#recover();
    const found = this.#survey();
    const expired = expiredRuns(found);
    for (const [facts, why] of expired) this.#removeRun(facts, why);
    const gone = new Set(expired.map(([{ folder }]) => folder));
    const plans = this.#plan(found.filter(({ folder }) => !gone.has(folder)));
    for (const plan of plans) await this.#tidy(plan, plan.going, true);
    const over = await this.#fit(plans);
    const bytesAfter = dryRun ? bytesBefore - this.#freed() : bytesOf(this.#archive);
    const parts = { archive: this.#archive, dryRun, bytesBefore, bytesAfter };
    return accountOf({ ...parts, plans, tidied: this.#tidied, removed: this.#removed, ...over });
  }

  #survey(): readonly RunFacts[] {
    const { policy, nowMs } = this.#options;
    return surveyRuns(this.#archive, nowMs, (record) => policyOf(record, policy));
  }

  /** Forks come first, so that what they need is known when the run they entered is planned. */
  #plan(found: readonly RunFacts[]): readonly RunPlan[] {
    const plans: RunPlan[] = [];
    for (const facts of found) {
      if (facts.policy === undefined && facts.base === undefined) continue;
      plans.push(planRun(facts, heirsOf(facts.folder, plans)));
    }
    return plans;
  }

  async #tidy(plan: RunPlan, going: readonly Going[], packs: boolean): Promise<void> {
    const { facts } = plan;
    if (facts.policy === undefined) return;
    let packing: (Packing & { journalBytes: number }) | undefined;
    if (this.#options.dryRun !== true) {
      packing = packs ? await packRun(plan, this.#hands.deeds) : undefined;
      await thinRun(plan, going, packing?.leave ?? [], this.#hands);
    }
    const known = this.#tidied.get(facts.folder);
    this.#tidied.set(facts.folder, {
      going: [...(known?.going ?? []), ...going],
      packing: known?.packing ?? packing,
    });
  }

  /** Takes away what `max` asks for beyond all policies; says what could not be reached. */
  async #fit(all: readonly RunPlan[]): Promise<{ maxBytes?: number; over?: number }> {
    const plans = all.filter(({ facts }) => isWithin(this.#archive, facts.folder));
    const maxBytes = maxOf(plans, this.#options.policy?.maxBytes);
    if (maxBytes === undefined) return {};
    const plan = this.#budget(plans, all, maxBytes);
    for (const one of plans) {
      const going = plan.thinned.get(one.facts.folder);
      if (going !== undefined) await this.#tidy(one, going, false);
    }
    for (const { facts } of plans) {
      if (plan.runs.includes(facts.folder)) this.#removeRun(facts, 'max: the oldest goes first');
    }
    return { maxBytes, over: plan.over };
  }

  #budget(plans: readonly RunPlan[], all: readonly RunPlan[], maxBytes: number): BudgetPlan {
    const { dryRun = false } = this.#options;
    const runs = plans.map((plan): BudgetRun => {
      const { facts, items } = plan;
      const { folder, sinceEndSeconds, policy } = facts;
      const { guardSeconds } = items;
      const gone = new Set(plan.going.map(({ item }) => item));
      const left = [...items.blobs, ...items.checkpoints].filter((item) => !gone.has(item));
      const bytes = dryRun ? facts.bytes - sumOf(plan.going) : bytesOf(folder);
      const held = whyHeld(
        facts,
        all.map((one) => one.facts),
      );
      const mayGo = policy === undefined ? [] : left.map((item) => this.#present(folder, item));
      return { folder, bytes, guardSeconds, sinceEndSeconds, held, items: mayGo };
    });
    const bytes = runs.reduce((sum, run) => sum + run.bytes, 0);
    const others = (dryRun ? this.#bytesLeft() : bytesOf(this.#archive)) - bytes;
    return budgetPlan(runs, maxBytes - Math.max(0, others));
  }

  /** An item as it lies now: packing may have replaced its files meanwhile. */
  #present(folder: string, item: Going['item']): Going['item'] {
    if (this.#options.dryRun === true) return item;
    const flac = item.files.map((file) => file.replace(/\.f32$/, '.flac'));
    const files = [...new Set([...item.files, ...flac])].filter((file) =>
      existsSync(join(folder, file)),
    );
    return { ...item, files, bytes: files.reduce((sum, f) => sum + bytesOf(join(folder, f)), 0) };
  }

  #removeRun({ folder, record, bytes }: RunFacts, why: string): void {
    this.#removed.push({ run: record.run, folder, bytes, why });
    this.#tidied.delete(folder);
    if (this.#options.dryRun === true) return;
    const { deeds, at } = this.#hands;
    const home = dirname(folder);
    const line = { run: record.run, title: record.title, folder: basename(folder), bytes, why, at };
    deeds.append(join(home, 'removed.jsonl'), `${JSON.stringify(line)}\n`);
    const leaving = join(home, `.leaving-${basename(folder)}`);
    deeds.move(folder, leaving);
    deeds.remove(leaving);
  }

  #recover(): void {
    const { deeds } = this.#hands;
    for (const name of readdirSync(this.#archive)) {
      if (name.startsWith('.leaving-')) deeds.remove(join(this.#archive, name));
    }
    for (const { folder } of this.#survey()) {
      if (isWithin(this.#archive, folder)) recover(folder, deeds);
    }
  }

  #bytesLeft(): number {
    return bytesOf(this.#archive) - this.#freed();
  }

  #freed(): number {
    const thinned = [...this.#tidied.values()].reduce((sum, { going }) => sum + sumOf(going), 0);
    return thinned + this.#removed.reduce((sum, { bytes }) => sum + bytes, 0);
  }
}

function isWithin(archive: string, folder: string): boolean {
  return folder === archive || dirname(folder) === archive;
}

/** Of the plans so far, those of its forks, of their forks, and so on. */
function heirsOf(folder: string, plans: readonly RunPlan[]): readonly RunPlan[] {
  const forks = plans.filter(({ facts }) => facts.base === folder);
  return forks.flatMap((fork) => [fork, ...fork.heirs]);
}

function sumOf(going: readonly Going[]): number {
  return going.reduce((sum, { item }) => sum + item.bytes, 0);
}

/** What holds for a run: its scenario's word, and before it what was given by hand. */
function policyOf(
  { archive }: RunRecord,
  byHand: Partial<ArchivePolicy> | undefined,
): ArchivePolicy | undefined {
  if (byHand !== undefined) return { ...ARCHIVE_POLICY_DEFAULT, ...archive, ...byHand };
  return archive !== undefined && tidies(archive) ? archive : undefined;
}

/** The newest run that names a `max` speaks for all. */
function maxOf(plans: readonly RunPlan[], byHand: number | undefined): number | undefined {
  if (byHand !== undefined) return byHand;
  const named = plans.map(({ facts }) => facts).filter(({ policy }) => policy?.maxBytes);
  const newest = named.toSorted((a, b) => (a.record.startedAt < b.record.startedAt ? 1 : -1))[0];
  return newest?.policy?.maxBytes;
}
