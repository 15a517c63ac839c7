import type { Samples } from '../../core/index.js';

/** The name under which the engine itself speaks; no agent may have it. */
export const CONTROL_AGENT = 'control';

/** How far a run has been steered; shared by who steers and who must know when it is over. */
export interface Steered {
  /** When the latest control takes effect; −1 before the first. */
  lastTime: Samples;
  /** The same of those that a watcher asked for, planned ones left out. */
  askedTime: Samples;
  /** How many recordings have been injected: `control.1`, `control.2`, … */
  injections: number;
}

/** A run that nobody has steered. */
export function unsteered(): Steered {
  return { lastTime: -1, askedTime: -1, injections: 0 };
}
