import type { ScreenStream } from './screen-stream.js';

/** What is drawn: frames, and when there is a new one. */
export interface Drawn {
  frame(): readonly string[];
  /** Calls back whenever there is something new to draw; returns what ends that. */
  start(draw: () => void): () => void;
}

/**
 * Draws on a screen: at first by itself, for Ink takes longer to load than everything else and the
 * first frame does not need it; then by Ink.
 */
export class Drawing {
  readonly #drawn: Drawn;
  readonly #screen: ScreenStream;
  #stop: () => void;
  #isHanded = false;

  constructor(drawn: Drawn, screen: ScreenStream) {
    this.#drawn = drawn;
    this.#screen = screen;
    this.#stop = drawn.start(() => void screen.write(drawn.frame().join('\n')));
  }

  /** Lets Ink draw from when it is loaded on. */
  handToInk(): void {
    if (this.#isHanded) return;
    this.#isHanded = true;
    void import('../mounted.js').then(({ mounted }) => {
      this.stop();
      this.#stop = mounted(this.#drawn, this.#screen);
    });
  }

  /** Draws no more. */
  stop(): void {
    this.#stop();
  }
}
