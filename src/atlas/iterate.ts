import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Envelope, Mel, Samples, SignalMap } from '../core/index.js';
import { toSamples } from '../core/index.js';
import type { Scenario } from '../scenarios/index.js';
import { type SwarmEvent, runSwarm } from '../swarm/index.js';
import type { Circuit } from './circuit.js';
import { type Print, SILENT_PRINT, printOf } from './print.js';
import { type Fate, isRestless, settled, unsettled } from './settle.js';
import { PROBE_ID, type Sent, settingOf } from './setting.js';
import { type Followed, spectrumOf } from './spectrum.js';

/** One lap as it was heard; the first of a path is the probe itself. */
export interface Lap {
  readonly signal: SignalMap[Followed];
  readonly carries: Followed;
  readonly mel: Mel | undefined;
  readonly print: Print;
  /** When it was said, in samples of the circuit's own time. */
  readonly time: Samples;
}

/** A path: the probe, every lap of it, and what became of it. */
export interface Path {
  readonly laps: readonly Lap[];
  readonly fate: Fate;
  /** Whether anything came back at all. */
  readonly answered: boolean;
  /** What agents could not do, in their words. */
  readonly troubles: readonly string[];
}

/** How far a probe is followed. */
export interface Following {
  readonly seed: number;
  readonly laps: number;
}

/** Nothing heard for so long, beyond a way round and a beat, is silence. */
const PATIENCE_SECONDS = 20;

/** Sends a probe round a circuit, alone and on the virtual clock, until it settles. */
export async function follow(
  scenario: Scenario,
  circuit: Circuit,
  sent: Sent,
  following: Following,
): Promise<Path> {
  const returns = circuit.links.filter(({ way }) => way === 'returns').length;
  const lapsMax = (following.laps + 2) * Math.max(1, returns);
  const setting = settingOf(scenario, circuit, sent, { seed: following.seed, lapsMax });
  const listener = new Listener(setting, circuit, sent, following);
  const folder = await mkdtemp(join(tmpdir(), 'demiurge-atlas-'));
  try {
    await runSwarm(setting, {
      clock: 'virtual',
      outFolder: join(folder, 'run'),
      durationSeconds: (listener.patience / setting.sampleRate) * (following.laps + 1),
      processes: 1,
      signal: listener.enough.signal,
      onEvent: (event) => listener.hear(event),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
  return listener.path();
}

/** Keeps the first that is said of each lap where the circuit is listened to. */
class Listener {
  readonly enough = new AbortController();
  /** The longest wait for the next lap, in samples. */
  readonly patience: Samples;
  readonly #circuit: Circuit;
  readonly #lapsMax: number;
  readonly #laps: Lap[];
  readonly #troubles = new Set<string>();
  #lap = -1;
  #fate: Fate | undefined;

  constructor(setting: Scenario, circuit: Circuit, { probe }: Sent, { laps }: Following) {
    const beats = setting.cast.map(({ id, kind, params }) => {
      return id === PROBE_ID ? 0 : (kind.ticks?.(params)?.everySeconds ?? 0);
    });
    const delay = circuit.links.reduce((sum, link) => sum + link.delaySamples, 0);
    const seconds = Math.max(0, ...beats) + PATIENCE_SECONDS;
    this.patience = delay + toSamples(seconds, setting.sampleRate);
    this.#circuit = circuit;
    this.#lapsMax = laps;
    this.#laps = [lapOf('audio', probe, 0)];
  }

  hear(event: SwarmEvent): void {
    const isTrouble = event.type === 'failed' || event.type === 'scrubbed';
    if (isTrouble) this.#troubles.add(`${event.agent}: ${event.says}`);
    if (event.type !== 'said' || this.#fate !== undefined) return;
    const { envelope } = event;
    // Agents that run ahead of the ear say nothing about it yet: what is late is cut by its time.
    if (envelope.time - this.#lastTime() > this.patience) this.enough.abort();
    else if (this.#isNext(envelope)) this.#keep(envelope);
  }

  #lastTime(): Samples {
    return this.#laps.at(-1)?.time ?? 0;
  }

  #isNext({ source, lap }: Envelope): boolean {
    const { from } = this.#circuit.ear;
    return source.agent === from.agent && source.port === from.port && lap > this.#lap;
  }

  #keep({ lap, signal, time }: Envelope): void {
    this.#lap = lap;
    this.#laps.push(lapOf(this.#circuit.carries, signal as Lap['signal'], time));
    const prints = this.#laps.map(({ print }) => print);
    this.#fate = settled(prints);
    if (prints.length > this.#lapsMax || isRestless(prints)) this.#fate ??= unsettled(prints);
    if (this.#fate !== undefined) this.enough.abort();
  }

  path(): Path {
    const laps = this.#laps;
    const answered = laps.length > 1;
    const fate = this.#fate ?? { name: 'silence', at: laps.length };
    return { laps, fate, answered, troubles: [...this.#troubles] };
  }
}

/** A lap that is no number anywhere is louder than all: it has no spectrum to be compared by. */
function lapOf(carries: Followed, signal: Lap['signal'], time: Samples): Lap {
  const mel = spectrumOf(carries, signal);
  const print = mel === undefined ? BROKEN : printOf(mel);
  return { signal, carries, mel, print, time };
}

const BROKEN: Print = SILENT_PRINT.map(() => Number.POSITIVE_INFINITY);
