import type { ControlRequest, TelemetryRecord } from '../src/telemetry/index.js';
import type { Presence } from './attach/attachment.js';
import type { WallClock } from './clock.js';
import { frameOf } from './frame.js';
import { type Look, type LookChoice, lookFor } from './look/look.js';
import { BLANK_SIGHT, type Sight, withConnection, withRecord } from './sight/sight.js';
import { clipboard } from './view/copies.js';
import { step } from './view/step.js';
import { type Effect, firstView, type View } from './view/view.js';

/** What the desk needs of the world. */
export interface DeskParts {
  readonly clock: WallClock;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly choice: LookChoice;
  readonly size: () => { readonly columns: number; readonly rows: number };
  readonly quit: () => void;
  readonly interrupt: () => void;
  readonly ask: (control: ControlRequest) => void;
  /** Writes past the frame: what the terminal itself is told. */
  readonly tell: (codes: string) => void;
}

const EVERY_MS = 250;
const AGAIN_MS = 1000;

/** Where what is known and what the person does come together into frames. */
export class Desk {
  readonly #parts: DeskParts;
  #sight: Sight = BLANK_SIGHT;
  #view: View;
  #draw: () => void = () => {};
  #isNew = true;
  #drawn = { atMs: Number.NEGATIVE_INFINITY, frameMs: 0 };
  #recent: number[] = [];
  #callOff: () => void = () => {};

  constructor(parts: DeskParts) {
    this.#parts = parts;
    this.#view = firstView(parts.choice.theme ?? lookFor(parts.size(), parts.env).theme);
  }

  /** What is known so far. */
  get sight(): Sight {
    return this.#sight;
  }

  hear(record: TelemetryRecord): void {
    const first = this.#sight.state === undefined && record.type === 'state';
    this.#sight = withRecord(this.#sight, record, this.#parts.clock.nowMs());
    this.#isNew = true;
    // Whoever opens a display waits for nothing else.
    if (first) this.#draw();
  }

  stand({ word, sinceMs, reason }: Presence): void {
    this.#sight = withConnection(this.#sight, word, sinceMs, reason);
    this.#isNew = true;
  }

  /** Does what a key is for, and shows it at once. */
  press(key: string): void {
    const { clock, size } = this.#parts;
    const live = this.#sight;
    const shown = this.#view.frozen?.sight ?? live;
    const page = Math.max(1, size().rows - 12);
    const { view, effects } = step(this.#view, key, { shown, live, wallMs: clock.nowMs(), page });
    this.#view = view;
    for (const effect of effects) this.#take(effect);
    this.#draw();
  }

  /** The lines of the present frame. */
  frame(): readonly string[] {
    const { clock } = this.#parts;
    const began = clock.nowMs();
    const cost = { framesPerSecond: this.#recent.length, frameMs: this.#drawn.frameMs };
    const lines = frameOf(this.#sight, this.#view, this.#look(), began, cost);
    this.#recent = [...this.#recent.filter((at) => at > began - AGAIN_MS), began];
    this.#drawn = { atMs: began, frameMs: clock.nowMs() - began };
    this.#isNew = false;
    return lines;
  }

  /** Draws what is new four times a second, and the time of day every second. */
  start(draw: () => void): () => void {
    this.#draw = draw;
    const tick = (): void => {
      const since = this.#parts.clock.nowMs() - this.#drawn.atMs;
      if (this.#isNew || since >= AGAIN_MS) draw();
      this.#callOff = this.#parts.clock.after(EVERY_MS, tick);
    };
    tick();
    return () => this.#callOff();
  }

  #look(): Look {
    const { size, env, choice } = this.#parts;
    return lookFor(size(), env, { ...choice, theme: this.#view.theme });
  }

  #take(effect: Effect): void {
    const { quit, interrupt, ask, tell } = this.#parts;
    if (effect.type === 'quit') quit();
    else if (effect.type === 'interrupt') interrupt();
    else if (effect.type === 'copy') tell(clipboard(effect.text));
    else ask(effect.control);
  }
}
