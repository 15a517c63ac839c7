import { lookFor } from '../../../tui/look/look.js';
import { frameOf } from '../../../tui/frame.js';
import type { Sight } from '../../../tui/sight/sight.js';
import { step } from '../../../tui/view/step.js';
import { type Effect, firstView, type View } from '../../../tui/view/view.js';
import { babelSight, NOW_MS } from '../fixtures/babel.js';

/** Somebody at the display: presses keys, sees frames. */
export class Person {
  view: View = firstView('mono');
  live: Sight;
  readonly effects: Effect[] = [];

  constructor(live: Sight = babelSight()) {
    this.live = live;
  }

  press(...keys: readonly string[]): this {
    for (const key of keys) {
      const shown = this.view.frozen?.sight ?? this.live;
      const scene = { shown, live: this.live, wallMs: NOW_MS, page: 10 };
      const { view, effects } = step(this.view, key, scene);
      this.view = view;
      this.effects.push(...effects);
    }
    return this;
  }

  /** Types a text letter by letter. */
  type(text: string): this {
    return this.press(...text.split(''));
  }

  /** What stands on the screen, without colours. */
  sees(columns = 120, rows = 40): string {
    const look = lookFor({ columns, rows }, { TERM: 'dumb' });
    return frameOf(this.live, this.view, look, NOW_MS).join('\n');
  }
}
