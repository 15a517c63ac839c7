import type { Ancestor, Audio, Samples } from '../../core/index.js';
import { toSamples, toSeconds } from '../../core/index.js';
import { type HeardNote, notesIn } from './hearing.js';
import { withTrills } from './trill.js';

/** One message in her memory: its notes, and when its sound begins and ends. */
export interface Remembered extends Ancestor {
  readonly from: Samples;
  readonly until: Samples;
  readonly notes: readonly HeardNote[];
}

/** What she heard since she last played, oldest first. */
export type Memory = readonly Remembered[];

/** How many messages she keeps, and so how many one phrase may cite. */
const MESSAGES_MAX = 16;

/** When and how she listens. */
export interface Listening {
  readonly now: Samples;
  readonly sampleRate: number;
  /** How far back she remembers. */
  readonly memorySeconds: number;
}

/**
 * Her memory with one message more; what ended too long ago, and the start of a long sound, goes.
 */
export function remember(
  memory: Memory,
  { id, lap, signal }: Ancestor & { readonly signal: Audio },
  { now, sampleRate, memorySeconds }: Listening,
): Memory {
  const seconds = (signal.channels[0]?.length ?? 0) / signal.sampleRate;
  const until = now + toSamples(seconds, sampleRate);
  const skipped = Math.max(0, seconds - memorySeconds);
  const from = now + toSamples(skipped, sampleRate);
  const notes = withTrills(notesIn(ending(signal, toSamples(skipped, signal.sampleRate))));
  const oldest = until - toSamples(memorySeconds, sampleRate);
  const kept = memory.filter((one) => one.until > oldest).slice(1 - MESSAGES_MAX);
  return [...kept, { id, lap, from, until, notes }];
}

/** All notes in a memory on one timeline that begins with the first message. */
export function notesOf(memory: Memory, sampleRate: number): readonly HeardNote[] {
  const first = Math.min(...memory.map(({ from }) => from));
  return memory
    .flatMap(({ from, notes }) => {
      const later = toSeconds(from - first, sampleRate);
      return notes.map((note) => ({ ...note, startSeconds: note.startSeconds + later }));
    })
    .toSorted((a, b) => a.startSeconds - b.startSeconds);
}

/** When the last sound of a memory ends. */
export function endOf(memory: Memory): Samples {
  return Math.max(0, ...memory.map(({ until }) => until));
}

function ending({ sampleRate, channels }: Audio, skipped: Samples): Audio {
  return { sampleRate, channels: channels.map((channel) => channel.subarray(skipped)) };
}
