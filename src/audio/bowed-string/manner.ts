import type { Technique } from './note.js';

/** How a technique holds the string, in numbers. */
export interface Manner {
  /** Place of the bow or finger, as a share of the string from the bridge. */
  readonly contact: number;
  /**
   * Bow force relative to the middle of what gives a clear tone at that place (Schelleng 1973); 0
   * is no bow.
   */
  readonly force: number;
  /** Extra force at the beginning, as a share: without a bite the string takes long to speak. */
  readonly bite: number;
  readonly attackSeconds: number;
  readonly releaseSeconds: number;
  /** Noise of the hair from edge to edge, as a share of the bow's velocity. */
  readonly hair: number;
  /** Pole of the bridge's reflection at 88.2 kHz: the nearer 1 the darker. */
  readonly bridgePole: number;
  /** How much the highs, from some 1.8 kHz, are raised on their way into the body. */
  readonly highsDb: number;
  /**
   * Time in which a free string of 440 Hz falls by 60 dB; lower strings ring longer, higher ones
   * shorter.
   */
  readonly ringSeconds: number;
  /** How long it may ring after the release. */
  readonly tailSeconds: number;
}

const BOWED: Manner = {
  contact: 0.11,
  force: 1.1,
  bite: 1,
  attackSeconds: 0.07,
  releaseSeconds: 0.09,
  hair: 0.14,
  bridgePole: 0.5,
  highsDb: 0,
  ringSeconds: 0.45,
  tailSeconds: 0.25,
};

const FLAGEOLET = { contact: 0.16, force: 0.8, hair: 0.2, attackSeconds: 0.1, bridgePole: 0.72 };
const AT_THE_BRIDGE = { contact: 0.07, force: 1.3, hair: 0.48, bridgePole: 0.2 };

/** Each technique's manner. */
export const MANNERS: Readonly<Record<Technique, Manner>> = {
  ordinario: BOWED,
  detache: { ...BOWED, attackSeconds: 0.03, releaseSeconds: 0.05, bite: 1.3, tailSeconds: 0.15 },
  harmonics: { ...BOWED, ...FLAGEOLET, highsDb: -7 },
  trill: { ...BOWED, attackSeconds: 0.04 },
  tremolo: { ...BOWED, attackSeconds: 0.02, hair: 0.2, force: 1.3 },
  'sul-ponticello': { ...BOWED, ...AT_THE_BRIDGE, highsDb: 8 },
  glissando: { ...BOWED, attackSeconds: 0.06 },
  pizzicato: { ...BOWED, contact: 0.2, force: 0, ringSeconds: 0.9, tailSeconds: 0.4 },
  'col-legno': { ...BOWED, contact: 0.16, force: 0, ringSeconds: 0.22, tailSeconds: 0.2 },
};
