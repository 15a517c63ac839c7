import type { Alert, Life, Scene, State, TelemetryRecord } from '../../telemetry/index.js';

const SAID_MAX = 180;
/** A sounding carries a picture: a newcomer sees the last few alone. */
const SOUNDINGS_MAX = 20;
const ALERTS_MAX = 1024;

/** What holds at this moment and what was heard last: all that a newcomer is told. */
export class Bulletin {
  #scene: Scene | undefined;
  #state: State | undefined;
  #life: Life | undefined;
  #ended: TelemetryRecord | undefined;
  readonly #alerts = new Map<string, Alert>();
  #passed: TelemetryRecord[] = [];
  #said = 0;
  #soundings = 0;

  get scene(): Scene | undefined {
    return this.#scene;
  }

  get state(): State | undefined {
    return this.#state;
  }

  get life(): Life | undefined {
    return this.#life;
  }

  /** The alerts that stand, the oldest first. */
  get alerts(): readonly Alert[] {
    return [...this.#alerts.values()];
  }

  /** Remembers a record, in place of the one it supersedes. */
  take(record: TelemetryRecord): void {
    if (record.type === 'scene') this.#scene = record;
    else if (record.type === 'state') this.#state = record;
    else if (record.type === 'life') this.#life = record;
    else if (record.type === 'ended') this.#ended = record;
    else if (record.type === 'alert') this.#stand(record);
    else if (record.type === 'said' || record.type === 'sounding') this.#pass(record);
  }

  /** What holds now, without what was heard: the scene first. */
  standing(): readonly TelemetryRecord[] {
    const known = [this.#scene, this.#state, this.#life, ...this.#alerts.values(), this.#ended];
    return known.filter((record) => record !== undefined);
  }

  /** All that a newcomer is told, in the order in which to tell it. */
  records(): readonly TelemetryRecord[] {
    const [scene, ...rest] = this.standing();
    return scene === undefined ? this.#passed : [scene, ...this.#passed, ...rest];
  }

  #stand(alert: Alert): void {
    if (alert.over !== undefined) this.#alerts.delete(alert.id);
    else if (this.#alerts.has(alert.id) || this.#alerts.size < ALERTS_MAX) {
      this.#alerts.set(alert.id, alert);
    }
  }

  #pass(record: TelemetryRecord & { type: 'said' | 'sounding' }): void {
    this.#passed.push(record);
    if (record.type === 'said') this.#said++;
    else this.#soundings++;
    if (this.#said > SAID_MAX) this.#said -= this.#forget('said');
    if (this.#soundings > SOUNDINGS_MAX) this.#soundings -= this.#forget('sounding');
  }

  /** Forgets the oldest of a type, and returns how many that were. */
  #forget(type: TelemetryRecord['type']): number {
    this.#passed.splice(
      this.#passed.findIndex((one) => one.type === type),
      1,
    );
    return 1;
  }
}
