import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import type { SwarmEvent } from '../../swarm/index.js';
import { packageFolder } from '../package-folder.js';
import { Peaks } from './peaks.js';
import { telemetryOf } from './telemetry.js';
import { troubleOf } from './trouble.js';
import type { Programme, Watcher } from './watcher.js';

const MEMORY_MIB_MAX = 256;
const FAREWELL_MS = 2000;
const SHOW_CURSOR = '\u001b[?25h';

/** Shows a run in a process of its own. It may hang or die: what it cannot take in is left out. */
export class DashboardWatcher implements Watcher {
  readonly #peaks = new Peaks();
  readonly #child: ChildProcess;
  readonly #ended: Promise<unknown>;

  constructor(programme: Programme) {
    const program = join(packageFolder(), 'dist', 'tui', 'main.js');
    const args = [`--max-old-space-size=${MEMORY_MIB_MAX}`, program];
    this.#child = spawn(process.execPath, args, {
      stdio: ['pipe', 'inherit', 'inherit'],
      env: { ...process.env, NODE_ENV: 'production' },
    });
    this.#ended = new Promise((resolve) => this.#child.on('close', resolve).on('error', resolve));
    this.#child.stdin?.on('error', () => {});
    this.#tell({ type: 'scene', ...programme });
  }

  hear(event: SwarmEvent): void {
    if (event.type === 'said') this.#peaks.hear(event.envelope);
    if (event.type === 'progress') this.#tell(telemetryOf(event.progress, this.#peaks.look()));
    const trouble = troubleOf(event);
    if (trouble !== undefined) this.note(trouble);
  }

  note(says: string): void {
    this.#tell({ type: 'note', says });
  }

  async close(): Promise<void> {
    this.#child.stdin?.end();
    const patience = AbortSignal.timeout(FAREWELL_MS);
    await Promise.race([this.#ended, once(patience, 'abort')]);
    this.#child.kill('SIGKILL');
    process.stdout.write(SHOW_CURSOR);
  }

  /** A display that does not read must not fill our memory, so records wait for nobody. */
  #tell(record: object): void {
    const { stdin } = this.#child;
    if (stdin === null || !stdin.writable || stdin.writableNeedDrain) return;
    stdin.write(`${JSON.stringify(record)}\n`);
  }
}
