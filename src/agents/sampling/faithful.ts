import { type Playback, faithfulPlayback, fromInt16 } from '../../audio/index.js';
import type { Descriptors, Samples } from '../../core/index.js';
import type { Segment } from './segment.js';

/** What the original chose for one frame: the first nearest descriptor of all it knows. */
export interface FaithfulMatch {
  readonly segment: Segment;
  readonly frame: number;
  readonly distance: number;
}

/**
 * The original's query (anatomy §10.2): for every frame the first least Euclidean distance over all
 * frames of all segments, raw and un-normalised, in float32. Loudness decides, and nothing forbids
 * repetition.
 */
export function faithfulMatches(
  query: Descriptors,
  segments: readonly Segment[],
): readonly FaithfulMatch[] {
  if (segments.length === 0) return [];
  return Array.from({ length: query.rows }, (_, row) => nearestFrame(query, row, segments));
}

function nearestFrame(
  query: Descriptors,
  row: number,
  segments: readonly Segment[],
): FaithfulMatch {
  let best: FaithfulMatch | undefined;
  for (const segment of segments) {
    for (let frame = 0; frame < segment.frames.rows; frame++) {
      const distance = rawDistance(query, row, segment.frames, frame);
      if (best === undefined || distance < best.distance) best = { segment, frame, distance };
    }
  }
  return best as FaithfulMatch;
}

function rawDistance(a: Descriptors, aFrame: number, b: Descriptors, bFrame: number): number {
  const d = a.columns;
  let sum = 0;
  for (let c = 0; c < d; c++) {
    const difference = Math.fround(a.data[aFrame * d + c]! - b.data[bFrame * d + c]!);
    sum = Math.fround(sum + Math.fround(difference * difference));
  }
  return Math.fround(Math.sqrt(sum));
}

/** What was played. */
export interface FaithfulRender {
  readonly samples: Float32Array;
  /** The matches that sound. */
  readonly played: readonly FaithfulMatch[];
  /** Matches too near a recording's end to be joined: the original stopped with an error there. */
  readonly skipped: number;
}

/** How matches are played. */
export interface FaithfulOptions {
  readonly sampleRate: number;
  /** Rounded to whole milliseconds, as the original counts. */
  readonly crossfadeSamples: Samples;
  readonly samplesMax: Samples;
}

/**
 * The original's playback (anatomy §10.3), sample for sample wherever the original plays to the
 * end; a match it would fail at is left out. A match of frame 0 appends a whole recording, so
 * matches stop before `samplesMax`: the vessel has a brim.
 */
export function renderFaithfully(
  matches: readonly FaithfulMatch[],
  options: FaithfulOptions,
): FaithfulRender {
  const hop = matches[0]?.segment.frames.hopLength ?? 1024;
  const asked = belowBrim(matches, hop, options.samplesMax);
  const play = player(hop, options);
  let played = asked;
  let playback = play(played);
  while (playback.aborted !== undefined) {
    const tooShort = playback.samples.length < options.crossfadeSamples;
    const { segment, frame } = played[playback.aborted.match]!;
    // A piece that is too short once is so every time; a beginning only where it begins.
    played = tooShort
      ? played.slice(1)
      : played.filter((match) => match.segment !== segment || match.frame !== frame);
    playback = play(played);
  }
  const skipped = asked.length - played.length;
  return { samples: fromInt16(playback.samples), played, skipped };
}

function player(
  hopLength: number,
  { sampleRate, crossfadeSamples }: FaithfulOptions,
): (matches: readonly FaithfulMatch[]) => Playback {
  const crossfadeMs = Math.round((crossfadeSamples / sampleRate) * 1000);
  const sources = new Map<Segment, Int16Array>();
  return (matches) => {
    const asked = matches.map(({ segment, frame }) => {
      const source = sources.get(segment) ?? integersOf(segment.samples);
      sources.set(segment, source);
      return { source, sample: frame * hopLength };
    });
    return faithfulPlayback(asked, { hopLength, sampleRate, crossfadeMs });
  };
}

/** A 16-bit recording's own integers: the original cut files, not floats. */
function integersOf(samples: Float32Array): Int16Array {
  return Int16Array.from(samples, (x) =>
    Math.max(-32_768, Math.min(32_767, Math.round(x * 32_768))),
  );
}

function belowBrim(
  matches: readonly FaithfulMatch[],
  hop: number,
  samplesMax: Samples,
): readonly FaithfulMatch[] {
  let total = 0;
  const over = matches.findIndex(({ segment, frame }, i) => {
    total += frame === 0 && i > 0 ? segment.samples.length : hop;
    return i > 0 && total > samplesMax;
  });
  return over < 0 ? matches : matches.slice(0, over);
}
