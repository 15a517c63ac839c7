import type { Audio, Envelope } from '../../core/index.js';
import { portName } from '../../core/index.js';
import { SILENT_DB, type TelemetryRecord } from '../../telemetry/index.js';
import type { Delivery } from '../happening.js';
import type { Seat } from '../seat.js';
import type { Alarm } from './alarm.js';
import type { Family, Kin } from './family.js';
import { type Level, powerDb } from './level.js';
import type { LifeWatch } from './life-watch.js';
import type { ObserverParts } from './observer-parts.js';
import { Pace } from './pace.js';
import { Painter, type Painting } from './picture.js';
import type { SoundWatch } from './sound-watch.js';
import { soundingOf } from './sounding-of.js';

const RECORDER = 'recorder';

/** A picture costs about a millisecond: in the long run one per cent of one core. */
const PICTURES_AT_ONCE = 250;
const PICTURES_PER_SECOND = 8;

/** What the ear reports to. */
export interface EarParts {
  readonly family: Family;
  readonly life: LifeWatch;
  readonly sounds: SoundWatch;
  readonly alarm: Alarm;
  readonly tell: (record: TelemetryRecord) => void;
  /** Counts a record that was left out. */
  readonly leftOut: () => void;
}

/**
 * Hears what sounds: what reaches a recorder, or, where there is none, what an agent says and
 * nobody hears.
 */
export class Ear {
  readonly #parts: EarParts;
  readonly #painter = new Painter();
  readonly #pace = new Pace(PICTURES_AT_ONCE, PICTURES_PER_SECOND);
  /** Ports whose sound goes to nobody; undefined where there is a recorder. */
  readonly #heardPorts: ReadonlySet<string> | undefined;
  readonly #gainOf: (link: number) => number;
  #latest = '';

  constructor({ scenario, lines }: ObserverParts, parts: EarParts) {
    this.#parts = parts;
    this.#gainOf = (link) => lines[link]?.schedule.latest.gain ?? 1;
    const recorded = scenario.cast.some(({ kind }) => kind.kind === RECORDER);
    this.#heardPorts = recorded ? undefined : new Set(lines.map(({ link }) => portName(link.from)));
  }

  /** Notes what was said. */
  said(envelope: Envelope, kin: Kin): void {
    if (envelope.carries !== 'audio') return;
    const { life } = this.#parts;
    const audio = envelope.signal as Audio;
    if (kin.outside && life.wantsOutside && isHeard(kin.level) && this.#pace.take()) {
      life.addOutside(this.#painter.paint(audio).feature);
    }
    const { source } = envelope;
    if (this.#heardPorts === undefined || this.#heardPorts.has(portName(source))) return;
    this.#sounds(audio, kin, kin.seconds, kin.level);
  }

  /** Notes what an agent takes in. */
  taken(seat: Seat, { arrival, envelope, rank }: Delivery, kin: Kin, seconds: number): void {
    if (kin.carries !== 'audio') return;
    const { life } = this.#parts;
    if (Object.keys(seat.outputs).length > 0) {
      const { outside, level } = kin;
      life.fresh.add({ seconds, durationSeconds: level.seconds ?? 0, outside });
    }
    // Several recorders, or several ways to one, hear the same sound.
    if (seat.kind !== RECORDER || envelope === this.#latest) return;
    this.#latest = envelope;
    this.#sounds(arrival.signal as Audio, kin, seconds, across(kin.level, this.#gainOf(rank)));
  }

  #sounds(audio: Audio, kin: Kin, seconds: number, level: Level): void {
    const { family, alarm, tell, leftOut } = this.#parts;
    if (isHeard(level)) alarm.sounded.add(seconds, level.seconds ?? 0);
    if (!this.#pace.take()) return leftOut();
    const painting = this.#painter.paint(audio);
    if (isHeard(level)) this.#compare(painting, kin, seconds, level);
    tell(soundingOf({ kin, seconds, level }, family, painting.picture));
  }

  #compare({ feature, peak }: Painting, { agent, lap }: Kin, seconds: number, level: Level): void {
    const { life, sounds } = this.#parts;
    life.add({ agent, seconds, feature });
    const levelDb = powerDb(level.power) ?? SILENT_DB;
    sounds.add(
      agent,
      lap,
      { seconds, durationSeconds: level.seconds ?? 0, levelDb, feature },
      peak,
    );
  }
}

/** How loud a sound is behind a gain. */
function across({ seconds, peak = 0, power = 0 }: Level, gain: number): Level {
  return { seconds, peak: peak * gain, power: power * gain * gain };
}

function isHeard({ power }: Level): boolean {
  return (powerDb(power) ?? Number.NEGATIVE_INFINITY) > SILENT_DB;
}
