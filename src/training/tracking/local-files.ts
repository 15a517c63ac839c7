import { appendHistory, readHistory, rewriteHistory } from '../folder/history.js';
import type { RunPlace } from '../folder/run-place.js';
import { writeSafely } from '../folder/safe-file.js';
import { lossPicture } from '../pictures/loss-picture.js';
import type { Begun, Tracker, TrackRecord } from './tracker.js';

/**
 * The tracker that every training has: `history.jsonl`, and a picture of the losses whenever the
 * run is stored. The card is the stored run's own and is written with its weights.
 */
export class LocalFiles implements Tracker {
  readonly #place: RunPlace;
  #title = '';

  constructor(place: RunPlace) {
    this.#place = place;
  }

  /** Writes what a record adds; rejects when the disk does not take it. */
  async track(record: TrackRecord): Promise<void> {
    const { history } = this.#place;
    const { event, step } = record;
    if (event === 'begun') return this.#begin(record);
    if (event === 'stored') return this.#draw(step);
    if (event === 'ended') return undefined;
    const { phase } = record;
    if (event === 'step') return appendHistory(history, { step, phase, losses: record.losses });
    if (event === 'held-out')
      return appendHistory(history, { step, phase, heldOut: record.losses });
    // The best versions have a file of their own, which says which one is in force.
    if (record.as === 'best') return undefined;
    return appendHistory(history, { step, phase, kept: record.run });
  }

  /** Nothing is held open. */
  close(): void {}

  async #begin({ run, kind, step }: Begun): Promise<void> {
    this.#title = `${run}: ${kind}`;
    const { history } = this.#place;
    await rewriteHistory(history, await readHistory(history, step));
  }

  async #draw(step: number): Promise<void> {
    const history = await readHistory(this.#place.history, step);
    await writeSafely(this.#place.picture, lossPicture(history, this.#title));
  }
}
