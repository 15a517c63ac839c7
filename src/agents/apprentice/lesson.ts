import type { Ancestor, Audio, Descriptors } from '../../core/index.js';
import type { Draw, Training } from '../../models/index.js';

/** A training step as a design. */
export type StepDesign = ReturnType<Training['sequencerStep']>;

/** What an apprentice remembers, and how that is learned: one of its own for each family. */
export interface Lesson {
  /** What it can hear: the name of its port. */
  readonly port: 'descriptors' | 'audio';
  /** The part its network has in a run, and in the design of its step. */
  readonly role: 'sequencer' | 'vocoder';
  readonly part: string;
  /**
   * Remembers a message and forgets the oldest. Returns the values it left out since they were no
   * numbers; undefined when there was nothing to learn in it.
   */
  hear(from: Ancestor, signal: Audio | Descriptors): Promise<number | undefined>;
  /** Whether enough is remembered to fill a batch. */
  readonly ready: boolean;
  design(training: Training): StepDesign;
  draw(design: StepDesign): Draw;
  /** The latest messages it remembers, the last first. */
  sources(count: number): readonly Ancestor[];
}
