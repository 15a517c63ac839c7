import { type ChildProcess, fork } from 'node:child_process';
import { constants, setPriority } from 'node:os';
import { fileURLToPath } from 'node:url';
import { type ArchivePolicy, archiveOf, markPlaying, tidies } from '../../archive/index.js';
import { afterSeconds, stopwatch } from '../clock.js';

/** The archive is tidied this often at most, and never more than one part in twenty of the time. */
const PAUSE_SECONDS = 300;
const SHARE = 20;

/** Its lock was taken: another engine tidies the same archive, which is as good. */
const TAKEN = 75;

function entry(): string {
  // Tests run the sources, but a process of its own needs compiled files.
  const here = import.meta.url;
  const home = here.endsWith('.ts')
    ? '../../../dist/src/swarm/keeping/keeper-main.js'
    : './keeper-main.js';
  return fileURLToPath(new URL(home, here));
}

/**
 * Says that a run plays and, when its policy takes things away, has a process of the lowest
 * priority tidy the archive from time to time. That process may be killed at any moment.
 */
export class Keeper {
  readonly #archive: string;
  readonly #faults: { tell(says: string): void };
  readonly #pauseSeconds: number;
  readonly #unmark: () => void;
  #callOff: () => void = () => {};
  #child: ChildProcess | undefined;

  /** What goes wrong is told, and the music goes on. */
  constructor(
    folder: string,
    policy: ArchivePolicy,
    faults: { tell(says: string): void },
    pauseSeconds: number = PAUSE_SECONDS,
  ) {
    this.#archive = archiveOf(folder);
    this.#faults = faults;
    this.#pauseSeconds = pauseSeconds;
    this.#unmark = markPlaying(folder);
    if (tidies(policy)) this.#rest(0);
  }

  /** Ends the tidying where it stands, and says that the run no longer plays. */
  end(): void {
    this.#callOff();
    this.#child?.removeAllListeners('exit');
    this.#child?.kill('SIGKILL');
    this.#unmark();
  }

  #rest(tookSeconds: number): void {
    const seconds = Math.max(this.#pauseSeconds, SHARE * tookSeconds);
    this.#callOff = afterSeconds(seconds, () => this.#tidy());
  }

  #tidy(): void {
    const took = stopwatch();
    const child = fork(entry(), [this.#archive], {
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      execArgv: [],
    });
    this.#child = child;
    let says = '';
    child.stderr?.on('data', (text: Buffer) => {
      says = (says + text.toString()).slice(-1000);
    });
    child.on('error', (error) => this.#faults.tell(`archive: ${error.message}`));
    child.on('exit', (code) => {
      this.#child = undefined;
      if (code !== 0 && code !== TAKEN) this.#faults.tell(`archive: ${says.trim() || code}`);
      this.#rest(took());
    });
    lower(child);
  }
}

/** Music comes first; where priorities may not be set, it is as it is. */
function lower({ pid }: ChildProcess): void {
  if (pid === undefined) return;
  try {
    setPriority(pid, constants.priority.PRIORITY_LOW);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EINVAL') throw error;
  }
}
