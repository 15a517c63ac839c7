import type { PlacedNote, Technique } from '../../audio/index.js';
import { playPhrase, TECHNIQUES } from '../../audio/index.js';
import type { Random } from '../../core/index.js';
import { composePhrase } from './phrase.js';
import { drawTonality } from './tonality.js';

/** A technique, or all of them in turn, phrase by phrase. */
export type Focus = Technique | 'mixed';

/** One recording as it is to be. */
export interface RecordingPlan {
  readonly focus: Focus;
  /** Out of which `mixed` takes its techniques; all unless given. */
  readonly techniques?: readonly Technique[];
  readonly seconds: number;
  readonly sampleRate: number;
  readonly random: Random;
}

/** A stretch of a recording: its samples, and its notes with times from the recording's start. */
export interface Passage {
  readonly samples: Float32Array;
  readonly notes: readonly PlacedNote[];
}

/** The longest ringing after a note, in seconds, with room for rounding. */
const RINGING = 0.42;
const PHRASE_SECONDS_MAX = 9;

/**
 * Plays a recording of exactly `seconds`, a passage at a time: phrases with rests between them,
 * silence where no further note fits. Same plan, same samples.
 */
export function* playRecording(plan: RecordingPlan): Generator<Passage> {
  const { sampleRate, random } = plan;
  const total = Math.round(plan.seconds * sampleRate);
  const tonality = drawTonality(random.split('tonality'));
  let at = 0;
  for (let i = 0; at < total; i++) {
    const chance = random.split(`phrase ${i}`);
    const left = (total - at) / sampleRate - RINGING;
    const phrase = composePhrase({
      technique: techniqueOf(plan, i),
      tonality,
      random: chance,
      secondsMax: Math.min(left, PHRASE_SECONDS_MAX),
    });
    const samples = withRest(playPhrase(phrase, { sampleRate, random: chance }), plan, chance);
    const startSeconds = at / sampleRate;
    const notes = phrase.map((note) => ({
      ...note,
      startSeconds: startSeconds + note.startSeconds,
    }));
    const fitting = phrase.length > 0 ? Math.min(samples.length, total - at) : total - at;
    yield { samples: fitted(samples, fitting), notes };
    at += fitting;
  }
}

function techniqueOf({ focus, techniques = TECHNIQUES }: RecordingPlan, i: number): Technique {
  return focus === 'mixed' ? (techniques[i % techniques.length] as Technique) : focus;
}

/** The phrase and a rest of 0.1 to 0.7 seconds after it. */
function withRest(
  phrase: Float32Array,
  { sampleRate }: RecordingPlan,
  random: Random,
): Float32Array {
  return fitted(phrase, phrase.length + Math.round(sampleRate * (0.1 + 0.6 * random.next())));
}

function fitted(samples: Float32Array, length: number): Float32Array {
  if (samples.length === length) return samples;
  const out = new Float32Array(length);
  out.set(samples.subarray(0, length));
  return out;
}
