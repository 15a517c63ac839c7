import { peakDb } from '../../audio/index.js';
import type { Audio, Envelope } from '../../core/index.js';
import type { Progress, SwarmEvent } from '../../swarm/index.js';
import { troubleOf } from './trouble.js';
import type { Programme, Watcher } from './watcher.js';

const EVERY_SECONDS = 5;
const APART_SECONDS = 1;
const SILENCE_DB = -80;

/**
 * Tells a run in plain lines: every agent's first sound, trouble, and where it stands every 5 s or
 * so.
 */
export class PlainWatcher implements Watcher {
  readonly #write: (line: string) => void;
  readonly #sounding = new Set<string>();
  #told = { seconds: 0, wallSeconds: 0 };

  constructor(programme: Programme, write: (line: string) => void) {
    this.#write = write;
    const { title, run, clock, seed } = programme;
    write(`${title} · run ${run} · ${clock} clock · seed ${seed}`);
  }

  hear(event: SwarmEvent): void {
    if (event.type === 'said') this.#firstSound(event.envelope);
    if (event.type === 'progress') this.#progress(event.progress);
    const trouble = troubleOf(event);
    if (trouble !== undefined) this.note(trouble);
  }

  note(says: string): void {
    this.#write(`  ! ${says}`);
  }

  async close(): Promise<void> {}

  #firstSound({ carries, signal, source, time }: Envelope): void {
    if (carries !== 'audio' || this.#sounding.has(source.agent)) return;
    const audio = signal as Audio;
    if (peakDb(audio) < SILENCE_DB) return;
    const what = this.#sounding.size === 0 ? 'first audio, from' : 'sound from';
    this.#sounding.add(source.agent);
    this.#write(`${stamp(time / audio.sampleRate)}  ${what} ${source.agent}`);
  }

  #progress({
    time,
    sampleRate,
    wallSeconds,
    lapsMax,
    dropped,
    lagSeconds,
    agents,
  }: Progress): void {
    const seconds = time / sampleRate;
    const [gone, waited] = [seconds - this.#told.seconds, wallSeconds - this.#told.wallSeconds];
    if (waited < APART_SECONDS || Math.max(gone, waited) < EVERY_SECONDS) return;
    this.#told = { seconds, wallSeconds };
    const said = agents.reduce((sum, { emitted }) => sum + emitted, 0);
    const pace = (seconds / wallSeconds).toFixed(1);
    const late = lagSeconds < 0.1 ? '' : `, ${lagSeconds.toFixed(1)} s late`;
    const counts = `said ${said}, laps ${lapsMax}, dropped ${dropped}`;
    this.#write(`${stamp(seconds)}  ×${pace}, ${counts}${late}`);
  }
}

function stamp(seconds: number): string {
  return `${seconds.toFixed(1).padStart(7)} s`;
}
