import type { PlacedNote, Technique } from '../../audio/index.js';
import type { Random } from '../../core/index.js';
import { FIGURES, type FigureNote } from './figure.js';
import { HANDS, type Hand } from './hand.js';
import { degreesWithin, pitchOf, type Tonality } from './tonality.js';

/** What a phrase is composed for. */
export interface PhraseOptions {
  readonly technique: Technique;
  readonly tonality: Tonality;
  readonly random: Random;
  /** No note is released later than this, in seconds after the phrase's beginning. */
  readonly secondsMax: number;
}

const QUIET_DB = -34;
const LOUD_DB = -12;
const REST_CHANCE = 0.08;

/**
 * A phrase in one technique: one figure in one tempo, with a dynamic line, at times a rest. Notes
 * in the order of playing; none when `secondsMax` is too short for one.
 */
export function composePhrase(options: PhraseOptions): readonly PlacedNote[] {
  const { technique, tonality, random } = options;
  const hand = HANDS[technique];
  const figure = FIGURES[random.pick(Object.keys(FIGURES))]!(random);
  const degrees = inRange(figure, hand, tonality, random);
  const times = timesOf(figure, hand, options);
  const loudness = dynamicLine(times.length, random);
  const asked = hand.ask(random);
  return times.map(({ startSeconds, seconds }, i) => ({
    technique,
    f0Hz: pitchOf(tonality, degrees[i] as number),
    ...arrival(technique, tonality, degrees, i),
    startSeconds,
    seconds,
    loudnessDb: loudness(i),
    ...asked,
  }));
}

/** The figure's degrees from a place by chance, folded back where they leave the hand's range. */
function inRange(
  figure: readonly FigureNote[],
  { lowHz, highHz }: Hand,
  tonality: Tonality,
  random: Random,
): readonly number[] {
  const { low, high } = degreesWithin(tonality, lowHz, highHz);
  const span = high - low;
  const start = random.below(span + 1);
  return figure.map(({ degree }) => {
    const turned = (((start + degree) % (2 * span)) + 2 * span) % (2 * span);
    return low + (turned <= span ? turned : 2 * span - turned);
  });
}

interface Time {
  readonly startSeconds: number;
  readonly seconds: number;
}

function timesOf(figure: readonly FigureNote[], hand: Hand, options: PhraseOptions): Time[] {
  const { random, secondsMax } = options;
  const { secondsMin, secondsMax: longest } = hand;
  const beat = secondsMin * (longest / secondsMin) ** (0.75 * random.next());
  const times: Time[] = [];
  let now = 0;
  for (const { beats } of figure) {
    const length = Math.min(beat * beats, 1.6 * longest);
    const seconds = Math.max(0.1, length * hand.held * (1 + 0.02 * random.normal()));
    if (now + seconds > secondsMax) break;
    times.push({ startSeconds: now, seconds });
    now += Math.max(length, seconds) * (random.next() < REST_CHANCE ? 2 : 1);
  }
  return times;
}

/** Decibels by note: level, rising, falling, or an arch, always within what a bow can do. */
function dynamicLine(count: number, random: Random): (i: number) => number {
  const draw = (): number => QUIET_DB + (LOUD_DB - QUIET_DB) * random.next();
  const [from, to] = [draw(), draw()];
  const arch = random.next() < 0.3;
  return (i) => {
    const x = count < 2 ? 0 : i / (count - 1);
    const level = from + (to - from) * (arch ? Math.sin(Math.PI * x) : x);
    return Math.min(LOUD_DB, Math.max(QUIET_DB, level + random.normal()));
  };
}

/** Where a glissando goes and what a trill trills with. */
function arrival(
  technique: Technique,
  tonality: Tonality,
  degrees: readonly number[],
  i: number,
): { readonly toF0Hz?: number } {
  const degree = degrees[i] as number;
  if (technique === 'trill') return { toF0Hz: pitchOf(tonality, degree + 1) };
  if (technique !== 'glissando') return {};
  const next = degrees[i + 1] ?? degree + 4;
  return { toF0Hz: pitchOf(tonality, next === degree ? degree + 2 : next) };
}
