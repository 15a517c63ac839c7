import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Writable } from 'node:stream';
import { messageOf } from '../../core/index.js';
import { flatRecord } from './flat-record.js';
import type { Tracker, TrackRecord } from './tracker.js';

/** Where what a tracker's program says is kept, in the folder of the training. */
const LOG = 'tracker.log';

/**
 * A tracker that is another program: it hears every record as one line of JSON with flat names on
 * its standard input, whose end is the training's. Without `args` the program is a line for the
 * shell. What it says goes to `tracker.log`. A program that ends early or badly is a rejection.
 */
export function commandTracker(program: string, args?: readonly string[]): Tracker {
  let told: ToldProgram | undefined;
  return {
    track: (record) => {
      if (record.event === 'begun') told = new ToldProgram(program, args, record.folder);
      return told?.hear(record);
    },
    close: (limit) => told?.finish(limit),
  };
}

class ToldProgram {
  readonly #child: ChildProcess;
  readonly #log: string;
  readonly #gone: Promise<string | undefined>;

  constructor(program: string, args: readonly string[] | undefined, folder: string) {
    this.#log = join(folder, LOG);
    const log = openSync(this.#log, 'w');
    // In a group of its own, the Ctrl-C that ends the training does not reach it.
    this.#child = spawn(program, args ?? [], {
      shell: args === undefined,
      detached: true,
      stdio: ['pipe', log, log],
      windowsHide: true,
    });
    closeSync(log);
    this.#gone = this.#end();
    // A broken pipe is told by whoever writes next.
    this.#input.on('error', () => {});
  }

  get #input(): Writable {
    return this.#child.stdin as Writable;
  }

  /** Writes a record; resolves when the pipe has it, rejects when nobody is there. */
  async hear(record: TrackRecord): Promise<void> {
    const line = `${JSON.stringify(flatRecord(record))}\n`;
    const broken = await new Promise<Error | null | undefined>((resolve) => {
      this.#input.write(line, resolve);
    });
    if (!broken) return;
    throw new Error((await this.#gone) ?? 'it ended before the training did');
  }

  /** Ends the input and waits for the program; past the limit it is left to itself. */
  async finish(limit: AbortSignal): Promise<void> {
    this.#input.end();
    const late = limit.aborted ? Promise.resolve('late') : once(limit, 'abort');
    const fault = await Promise.race([this.#gone, late.then(() => this.#leave())]);
    if (fault !== undefined) throw new Error(fault);
  }

  #leave(): string {
    this.#input.destroy();
    this.#child.unref();
    return `it is still busy; process ${this.#child.pid} goes on without the training`;
  }

  /** Resolves when the program is gone: to why, unless it ended well. */
  async #end(): Promise<string | undefined> {
    try {
      const [code, signal] = (await once(this.#child, 'exit')) as [number | null, string | null];
      if (code === 0) return undefined;
      const how = signal === null ? `exit code ${code}` : signal;
      return `it ended with ${how}${this.#lastWords()}`;
    } catch (thrown) {
      return `it does not start: ${messageOf(thrown)}`;
    }
  }

  #lastWords(): string {
    const lines = readFileSync(this.#log, 'utf8').split('\n');
    const last = lines.findLast((line) => line.trim() !== '');
    return last === undefined ? '' : `: ${last.trim().slice(0, 200)}`;
  }
}
