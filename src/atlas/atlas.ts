import type { Audio } from '../core/index.js';
import type { Place } from './attractor.js';
import type { Circuit, LeftOut } from './circuit.js';
import type { Spot } from './map.js';
import type { Print } from './print.js';
import type { Fate } from './settle.js';

/** One lap of a trail in numbers; lap 0 is the probe. */
export interface Station {
  readonly lap: number;
  /** When it was said, in seconds of the circuit's own time. */
  readonly time: number;
  /** The level of its loudest band, in dB. */
  readonly levelDb: number;
  /** How far it is from where the trail ends, in dB. */
  readonly toEndDb: number;
  readonly print: Print;
  /** Where it lies on the map of the whole atlas. */
  readonly spot: Spot;
}

/** A picture of one lap, as PNG. */
export interface Picture {
  readonly lap: number;
  readonly png: Uint8Array;
}

/** What became of one probe in one circuit. */
export interface Trail {
  readonly probe: string;
  readonly fate: Fate;
  /** False when nothing ever came back. */
  readonly answered: boolean;
  readonly stations: readonly Station[];
  readonly place: Place | undefined;
  /** The letter of the place; trails of one letter end at one sound. */
  readonly basin: string | undefined;
  readonly pictures: readonly Picture[];
  /** The end, larger: one picture for each phase. */
  readonly end: readonly Picture[];
  /** The end as sound, its phases one after another. */
  readonly sound: Audio | undefined;
  /** What agents could not do on the way, in their words. */
  readonly troubles: readonly string[];
}

/** A circuit and what became of every probe in it. */
export interface Row {
  readonly circuit: Circuit;
  readonly lapsMax: number;
  readonly trails: readonly Trail[];
}

/** What a network wants to say: every probe's way through every circuit of a scenario. */
export interface Atlas {
  readonly title: string;
  readonly seed: number;
  readonly seconds: number;
  readonly sampleRate: number;
  readonly rows: readonly Row[];
  readonly left: readonly LeftOut[];
}
