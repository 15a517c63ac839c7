import { cloudOf, effectiveRank } from '../../measures/index.js';
import {
  COLLAPSE_SOUNDS,
  type Feature,
  type Finding,
  FreshRatio,
  type HeardFeature,
  Latest,
  type Life,
  Novelty,
  collapseOf,
  driftOf,
  varietyOf,
} from '../../telemetry/index.js';
import { rounded } from './level.js';

/** Sounds that make up the beginning, and now. */
const CLOUD = COLLAPSE_SOUNDS;
/** Sounds from outside that drift is measured from, and the fewest of either for drift. */
const OUTSIDE_MAX = 64;
const DRIFT_MIN = 4;

/** Watches how the music lives. */
export class LifeWatch {
  readonly fresh = new FreshRatio();
  readonly #novelty = new Novelty();
  readonly #start: Feature[] = [];
  readonly #now = new Latest<HeardFeature>(CLOUD);
  readonly #outside: Feature[] = [];
  #variety: number | undefined;
  #rank: number | undefined;
  #drift: number | undefined;
  #collapsed: readonly Finding[] = [];
  #told = '';

  /** Whether another sound from outside helps. */
  get wantsOutside(): boolean {
    return this.#outside.length < OUTSIDE_MAX;
  }

  /** Takes in a sound from outside. */
  addOutside(feature: Feature): void {
    if (this.wantsOutside) this.#outside.push(feature);
  }

  /** Takes in what sounded. */
  add(heard: HeardFeature): void {
    if (this.#start.length < CLOUD) this.#start.push(heard.feature);
    this.#now.add(heard);
    this.#novelty.add(heard.feature, heard.seconds);
    const now = this.#now.list();
    const features = now.map(({ feature }) => feature);
    if (now.length >= COLLAPSE_SOUNDS) {
      this.#variety = varietyOf(this.#start, features);
      this.#rank = effectiveRank(cloudOf(features));
    }
    if (now.length >= DRIFT_MIN && this.#outside.length >= DRIFT_MIN) {
      this.#drift = driftOf(this.#outside, features);
    }
    this.#collapsed = collapseOf(this.#variety, now);
  }

  /** What the rule for COLLAPSE finds. */
  findings(): readonly Finding[] {
    return this.#collapsed;
  }

  /** How it stands, when that has changed since it was last asked. */
  changed(seconds: number): Life | undefined {
    const figures = {
      drift: this.#drift,
      variety: this.#variety,
      effectiveRank: this.#rank,
      freshRatio: this.fresh.at(seconds),
      noveltyPerHour: this.#novelty.perHour(seconds),
    };
    const known = Object.entries(figures).flatMap(([name, value]) => {
      return value === undefined ? [] : [[name, rounded(value)] as const];
    });
    const told = JSON.stringify(known);
    if (told === this.#told || known.length === 0) return undefined;
    this.#told = told;
    return { type: 'life', seconds, ...Object.fromEntries(known) };
  }
}
