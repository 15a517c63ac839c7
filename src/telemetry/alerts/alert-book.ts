import type { Alert, AlertWord } from '../life.js';
import type { Finding } from './finding.js';

/** Alerts that are open at once; more would tell nobody anything. */
const OPEN_MAX = 256;

/** Keeps which alerts are open, so that each is said once when it begins and once when over. */
export class AlertBook {
  readonly #open = new Map<string, Alert>();

  /** What is open now, in the order it began. */
  get open(): readonly Alert[] {
    return [...this.#open.values()];
  }

  /**
   * Takes in everything that the rules for one word find now; returns what has begun, and what
   * is over.
   */
  settle(word: AlertWord, findings: readonly Finding[], nowSeconds: number): Alert[] {
    const found = new Map(findings.map((finding) => [`${word}:${finding.subject}`, finding]));
    const over = [...this.#open.values()]
      .filter((alert) => alert.word === word && !found.has(alert.id))
      .map((alert) => ({ ...alert, over: nowSeconds }));
    for (const { id } of over) this.#open.delete(id);
    const begun: Alert[] = [];
    for (const [id, finding] of found) {
      if (this.#open.has(id) || this.#open.size >= OPEN_MAX) continue;
      const alert: Alert = { type: 'alert', id, ...finding };
      this.#open.set(id, alert);
      begun.push(alert);
    }
    return [...over, ...begun];
  }
}
