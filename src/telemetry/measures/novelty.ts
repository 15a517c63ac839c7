import { type Feature, NEAR, distanceOf, meanDistance } from './cloud.js';

/** Sounds that make up the beginning; what differs by half their mean distance is new. */
const BEGINNING = 12;
const NEW_SHARE = 0.5;

/** Unlike sounds that are remembered; beyond that the oldest is forgotten. */
const KNOWN_MAX = 512;
const HOUR_SECONDS = 3600;
/** The rate of a first moment says nothing. */
const SHORTEST_SECONDS = 30;

/** How many sounds are unlike everything before, per logical hour. */
export class Novelty {
  #known: Feature[] = [];
  #radius = 0;
  #since: number | undefined;
  #news: number[] = [];

  /** Takes in a sound; true when it is unlike all before it, which the first twelve never are. */
  add(feature: Feature, seconds: number): boolean {
    if (this.#since === undefined) {
      this.#begin(feature, seconds);
      return false;
    }
    if (this.#known.some((known) => distanceOf(known, feature) <= this.#radius)) return false;
    this.#known.push(feature);
    if (this.#known.length > KNOWN_MAX) this.#known.shift();
    this.#news.push(seconds);
    if (this.#news.length > KNOWN_MAX) this.#news.shift();
    return true;
  }

  /** New sounds an hour, over the last hour at most; undefined in the beginning. */
  perHour(nowSeconds: number): number | undefined {
    if (this.#since === undefined) return undefined;
    const elapsed = Math.min(HOUR_SECONDS, nowSeconds - this.#since);
    if (elapsed < SHORTEST_SECONDS) return undefined;
    const lately = this.#news.filter((seconds) => seconds > nowSeconds - HOUR_SECONDS);
    return (lately.length / elapsed) * HOUR_SECONDS;
  }

  #begin(feature: Feature, seconds: number): void {
    this.#known.push(feature);
    if (this.#known.length < BEGINNING) return;
    this.#radius = NEW_SHARE * Math.max(NEAR, meanDistance(this.#known));
    this.#since = seconds;
  }
}
