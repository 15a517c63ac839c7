import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { hashOf } from '../canonical.js';
import { checkpointFile, readCheckpointText } from '../state/checkpoint-file.js';
import type { Pin } from './lists.js';
import type { Thinning } from './policy.js';
import type { Item } from './thinning-plan.js';
import type { Demand, Use } from './uses.js';

/** A checkpoint as an item, and the hashes of the arrays it names. */
export interface CheckpointItem extends Item {
  readonly names: readonly string[];
}

/** What decides about checkpoints. */
export interface CheckpointQuestion {
  readonly sampleRate: number;
  readonly nowSeconds: number;
  readonly thin?: Thinning | undefined;
  readonly pins: readonly Pin[];
  readonly demands: readonly Demand[];
}

/**
 * The checkpoints of a run with their uses: of old ones, the last before a take, a pin or a fork's
 * entry is used by it, because that is where one enters the run to hear it again.
 */
export function checkpointItems(run: string, question: CheckpointQuestion): CheckpointItem[] {
  const times = checkpointTimes(run);
  return times.map((time, index) => {
    const file = relative(run, checkpointFile(run, time));
    const use = useOf(time, times[index + 1] ?? Infinity, question);
    const text = readCheckpointText(run, time);
    const { size: bytes } = statSync(join(run, file));
    const item = { hash: hashOf(text), files: [file], bytes, carries: undefined };
    return { ...use, ...item, own: use.youngest, names: hashesNamed(text) };
  });
}

/** What agents may yet name as parents, from the last checkpoint; undefined without one. */
export interface Remembered {
  /** The checkpoint's time. */
  readonly time: number;
  readonly envelopes: readonly string[];
}

/** Reads the last checkpoint of a run for the envelopes that its agents remember. */
export function rememberedIn(run: string): Remembered | undefined {
  const time = checkpointTimes(run).at(-1);
  if (time === undefined) return undefined;
  const ids = readCheckpointText(run, time).match(/(?<=")[A-Za-z][\w/-]*\.\d+(?=")/g) ?? [];
  return { time, envelopes: [...new Set(ids)] };
}

function checkpointTimes(run: string): readonly number[] {
  const folder = join(run, 'checkpoints');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d+\.json\.gz$/.test(name))
    .map((name) => Number.parseInt(name, 10))
    .sort((a, b) => a - b);
}

/** Every hash that the text of a checkpoint names, whatever for. */
export function hashesNamed(text: string): readonly string[] {
  return text.match(/\b[0-9a-f]{64}\b/g) ?? [];
}

function useOf(time: number, next: number, question: CheckpointQuestion): Use {
  const { sampleRate, nowSeconds, thin, pins, demands } = question;
  const [from, to] = [time / sampleRate, next / sampleRate];
  const enters = (seconds: number): boolean => seconds >= from && seconds < to;
  const pinned = pins.some(
    (pin) => pin.pin === 'run' || enters(pin.pin === 'time' ? pin.from : pin.at),
  );
  const forked = demands.some((fork) => enters(fork.before / sampleRate));
  const take = thin === undefined ? undefined : lastTake(from, Math.min(to, nowSeconds), thin);
  return {
    youngest: nowSeconds - from,
    take: take === undefined ? Infinity : nowSeconds - take,
    pinned: pinned || forked,
  };
}

/** The start of the last take that begins in a stretch of time. */
function lastTake(from: number, to: number, { everySeconds }: Thinning): number | undefined {
  const last = (Math.ceil(to / everySeconds) - 1) * everySeconds;
  return last >= from ? last : undefined;
}
