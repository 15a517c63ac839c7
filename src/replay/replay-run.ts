import { join, relative, resolve } from 'node:path';
import type { JournalRecord, RunArchive } from '../archive/index.js';
import { type AgentId, type Samples, toSamples, writeWhole } from '../core/index.js';
import { type RunOptions, type Summary, runSwarm } from '../swarm/index.js';
import { type Certificate, Certifier, certificateOf } from './certificate.js';
import { controlsOf } from './controls-of.js';
import type { Difference } from './difference.js';
import { type Extent, entryOf, extentOf, shorter } from './ending.js';
import type { Foreseen } from './foreseen.js';
import { type Replayed, type SettingUp, loadReplayed } from './load-replayed.js';
import { Lockstep, type Spread } from './lockstep.js';
import type { Replacements } from './replace-kind.js';
import { openRun } from '../archive/index.js';
import { type SoundVerdict, compareSounds } from './sounds-apart.js';

type Passed = 'run' | 'signal' | 'onEvent' | 'telemetry' | 'onBus' | 'processes' | 'outFolder';

/** How a run is played again. */
export interface ReplayOptions extends SettingUp, Pick<RunOptions, Passed> {
  /** Plays no further than this, in logical seconds. */
  readonly untilSeconds?: number;
  /** So many times as fast as it sounds, on the real clock; as fast as can be unless given. */
  readonly speed?: number;
  /** Hears what is known beforehand, before the first beat. */
  readonly onForeseen?: (foreseen: readonly Foreseen[]) => void;
  /** Hears the first difference at once. */
  readonly onDifference?: (difference: Difference) => void;
}

/** What was compared, in hashes, and what came of it: `certificate.json` of a replay's folder. */
export interface ReplayCertificate {
  readonly format: 1;
  readonly verdict: 'identical' | 'different';
  /** The run that was played again, as far as it was. */
  readonly original: Chains;
  readonly replay: Certificate;
  readonly seconds: number | undefined;
  /** The original was cut off: it is compared up to its last moment. */
  readonly cutOff: boolean;
  /** Records compared, those that only one run has among them. */
  readonly compared: number;
  readonly first?: Difference;
  readonly spread: Readonly<Record<AgentId, Spread>>;
  readonly audio: readonly SoundVerdict[];
  readonly replaced: Replacements;
  readonly foreseen: readonly Foreseen[];
}

type Chains = Pick<Certificate, 'run' | 'journal' | 'agents' | 'lastTime'>;

/** What a replay leaves: its account, and its certificate. */
export interface ReplayOutcome {
  readonly summary: Summary;
  readonly certificate: ReplayCertificate;
}

/**
 * Plays a run again, with its controls at their times, and compares every record with the
 * original's as it is journaled; then the sound files. Writes `certificate.json` to the folder.
 */
export async function replayRun(run: RunArchive, options: ReplayOptions): Promise<ReplayOutcome> {
  const at = entryOf(run);
  const plannedControls = await controlsOf(run);
  const replayed = await loadReplayed(run, options);
  try {
    options.onForeseen?.(replayed.foreseen);
    const watched = new Watched(run, extentOf(run), options);
    const summary = await runSwarm(replayed.scenario, {
      ...passedOn(options),
      clock: options.speed === undefined ? 'virtual' : 'real',
      ...(options.speed === undefined ? {} : { speed: options.speed }),
      ...(watched.seconds === undefined ? {} : { durationSeconds: watched.seconds }),
      plannedControls,
      onRecord: (record) => watched.hear(record),
      origin: { how: 'replay', run: run.record.run, folder: wayTo(run, options), at },
      ...(Object.keys(replayed.replaced).length === 0 ? {} : { replaced: replayed.replaced }),
    });
    const certificate = await watched.certify(run, summary, replayed);
    const file = join(options.outFolder, 'certificate.json');
    await writeWhole(file, `${JSON.stringify(certificate, undefined, 2)}\n`);
    return { summary, certificate };
  } finally {
    replayed.close();
  }
}

function wayTo(run: RunArchive, { outFolder }: ReplayOptions): string {
  return relative(resolve(outFolder), run.folder);
}

function passedOn(options: ReplayOptions): Pick<RunOptions, Passed> {
  const { outFolder, run, signal, onEvent, telemetry, onBus, processes } = options;
  return {
    outFolder,
    ...(run === undefined ? {} : { run }),
    ...(signal === undefined ? {} : { signal }),
    ...(onEvent === undefined ? {} : { onEvent }),
    ...(telemetry === undefined ? {} : { telemetry }),
    ...(onBus === undefined ? {} : { onBus }),
    ...(processes === undefined ? {} : { processes }),
  };
}

/** A replay while it is compared. */
class Watched {
  readonly #lockstep: Lockstep;
  readonly #original = new Certifier();
  readonly #cutOff: boolean;
  readonly seconds: number | undefined;

  constructor(run: RunArchive, extent: Extent, options: ReplayOptions) {
    const { seconds, until } = shorter(extent, options.untilSeconds, run.record.sampleRate);
    const { onDifference } = options;
    this.seconds = seconds;
    this.#cutOff = extent.cutOff;
    this.#lockstep = new Lockstep(run.records(), {
      until,
      cutOff: extent.cutOff,
      onPair: ({ original }) => original && this.#original.hear(original),
      ...(onDifference === undefined ? {} : { onDifference }),
    });
  }

  hear(record: JournalRecord): void {
    this.#lockstep.hear(record);
  }

  async certify(
    run: RunArchive,
    { folder, reason, logicalSeconds }: Summary,
    { foreseen, replaced }: Replayed,
  ): Promise<ReplayCertificate> {
    const stopped = reason === 'asked';
    const ended: Samples = toSamples(logicalSeconds, run.record.sampleRate);
    this.#lockstep.end(stopped ? ended : undefined);
    const { first, spread, compared } = this.#lockstep;
    const seconds = stopped ? logicalSeconds : this.seconds;
    const audio = await compareSounds(run.folder, folder, seconds);
    const apart = audio.some(({ verdict }) => verdict !== 'equal' && verdict !== 'prefix');
    return {
      format: 1,
      verdict: first !== undefined || apart ? 'different' : 'identical',
      original: { run: run.record.run, ...this.#original.sum() },
      replay: await certificateOf(openRun(folder)),
      seconds,
      cutOff: this.#cutOff,
      compared,
      ...(first === undefined ? {} : { first }),
      spread: Object.fromEntries(spread),
      audio,
      replaced,
      foreseen,
    };
  }
}
