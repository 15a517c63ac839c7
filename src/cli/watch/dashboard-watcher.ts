import type { ChildProcess } from 'node:child_process';
import type { SwarmEvent } from '../../swarm/index.js';
import { complain, say } from '../output.js';
import { openDashboard } from './dashboard-process.js';
import type { Dashboard } from './dashboard-process.js';
import { PlainWatcher } from './plain-watcher.js';
import { divertWarnings } from './warnings.js';
import type { Programme, Watcher } from './watcher.js';

/** What a dashboard beside the engine needs. */
export interface DashboardParts {
  readonly address: string;
  readonly flags: readonly string[];
  /** Tells a sentence to whoever watches. */
  tell(says: string): void;
  readonly waiting?: ChildProcess | undefined;
}

/**
 * Shows a run in a process of its own, which has the terminal: this one writes nothing there until
 * it is closed, then plain lines go on.
 */
export class DashboardWatcher implements Watcher {
  readonly #programme: Programme;
  readonly #tell: (says: string) => void;
  readonly #dashboard: Dashboard;
  readonly #ended: Promise<void>;
  readonly #undivert: () => void;
  #plain: PlainWatcher | undefined;
  #isClosing = false;

  constructor(programme: Programme, { address, flags, tell, waiting }: DashboardParts) {
    this.#programme = programme;
    this.#tell = tell;
    this.#undivert = divertWarnings(tell);
    this.#dashboard = openDashboard({
      address,
      waiting,
      flags: [...flags, '--owner'],
      // The same way as a Ctrl-C where there is no dashboard.
      onInterrupt: () => void process.kill(process.pid, 'SIGINT'),
    });
    this.#ended = this.#dashboard.ended.then(({ says }) => this.#goOn(says));
  }

  hear(event: SwarmEvent): void {
    this.#plain?.hear(event);
  }

  note(says: string): void {
    if (this.#plain === undefined) this.#tell(says);
    else this.#plain.note(says);
  }

  async close(): Promise<void> {
    this.#isClosing = true;
    await this.#dashboard.leave();
    await this.#ended;
  }

  #goOn(says: string): void {
    this.#undivert();
    if (says !== '') complain(says);
    if (this.#isClosing) return;
    this.#plain = new PlainWatcher(this.#programme, say);
    this.#plain.note('the dashboard is closed, the music goes on: demiurge top opens it again');
  }
}
