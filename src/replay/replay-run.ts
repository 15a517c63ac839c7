import { join, relative, resolve } from 'node:path';
import { type JournalRecord, type RunArchive, noteFork, openRun } from '../archive/index.js';
import { type AgentId, type Samples, toSamples, writeWhole } from '../core/index.js';
import { type RunOptions, type Summary, runSwarm } from '../swarm/index.js';
import { type Certificate, Certifier, certificateOf } from './certificate.js';
import { controlsOf } from './controls-of.js';
import type { Difference } from './difference.js';
import { type Extent, beganAt, entryOf, extentOf, shorter } from './ending.js';
import type { Foreseen } from './foreseen.js';
import { type Replayed, type SettingUp, loadReplayed } from './load-replayed.js';
import { Lockstep, type Spread } from './lockstep.js';
import { momentOf } from './moment.js';
import type { Replacements } from './replace-kind.js';
import { type SoundVerdict, compareSounds } from './sounds-apart.js';

type Passed = 'run' | 'signal' | 'onEvent' | 'telemetry' | 'onBus' | 'processes' | 'outFolder';

/** How a run is played again. */
export interface ReplayOptions extends SettingUp, Pick<RunOptions, Passed> {
  /** Begins here, in logical seconds, in the state that the run was in then; at 0 unless given. */
  readonly fromSeconds?: number;
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
  readonly fromSeconds: number;
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
  const at = entryOf(run, options.fromSeconds);
  const enter = await momentOf(run, at, placeOf(options));
  const controls = await controlsOf(run);
  const replayed = await loadReplayed(run, options);
  try {
    options.onForeseen?.(replayed.foreseen);
    if (enter !== undefined) noteFork(run.folder, resolve(options.outFolder));
    const watched = new Watched(run, { extent: extentOf(run), at }, options);
    const summary = await runSwarm(replayed.scenario, {
      ...passedOn(options),
      clock: options.speed === undefined ? 'virtual' : 'real',
      ...(options.speed === undefined ? {} : { speed: options.speed }),
      ...(watched.seconds === undefined ? {} : { durationSeconds: watched.seconds }),
      plannedControls: controls.filter(({ time }) => time >= at),
      ...(enter === undefined ? {} : { enter }),
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

/** The moment is that of the run as it was; only then does an agent play another kind. */
function placeOf({ project, scenario, registry }: ReplayOptions): SettingUp {
  return {
    ...(project === undefined ? {} : { project }),
    ...(scenario === undefined ? {} : { scenario }),
    ...(registry === undefined ? {} : { registry }),
  };
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

/** How far a run goes, and where a replay of it begins. */
interface Span {
  readonly extent: Extent;
  readonly at: Samples;
}

/** A replay while it is compared. */
class Watched {
  readonly #lockstep: Lockstep;
  readonly #original = new Certifier();
  readonly #replay = new Certifier();
  readonly #cutOff: boolean;
  readonly #at: Samples;
  readonly seconds: number | undefined;

  constructor(run: RunArchive, { extent, at }: Span, options: ReplayOptions) {
    const { seconds, until } = shorter(extent, options.untilSeconds, run.record.sampleRate);
    const { onDifference } = options;
    this.seconds = seconds;
    this.#at = at;
    this.#cutOff = extent.cutOff;
    this.#lockstep = new Lockstep(run.records(), {
      from: at,
      until,
      cutOff: extent.cutOff,
      onPair: ({ original }) => original && this.#original.hear(original),
      ...(onDifference === undefined ? {} : { onDifference }),
    });
  }

  hear(record: JournalRecord): void {
    this.#replay.hear(record);
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
    const { sampleRate } = run.record;
    const offset = (this.#at - beganAt(run)) / sampleRate;
    const audio = await compareSounds(run.folder, folder, {
      offsetSeconds: offset,
      ...(seconds === undefined ? {} : { untilSeconds: seconds - this.#at / sampleRate }),
    });
    const apart = audio.some(({ verdict }) => verdict !== 'equal' && verdict !== 'part');
    return {
      format: 1,
      verdict: first !== undefined || apart ? 'different' : 'identical',
      original: { run: run.record.run, ...this.#original.sum() },
      replay: { ...(await certificateOf(openRun(folder))), ...this.#replay.sum() },
      fromSeconds: this.#at / sampleRate,
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
