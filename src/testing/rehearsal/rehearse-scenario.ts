import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BusMessage, createEmbeddedBus } from '../../bus/index.js';
import { type Envelope, UserError, portName } from '../../core/index.js';
import type { Scenario } from '../../scenarios/index.js';
import { type RunOptions, type Summary, runSwarm } from '../../swarm/index.js';
import type { Fate } from '../faults/fate.js';
import { faultyBus } from '../faults/faulty-bus.js';
import type { RehearsalCertificate } from './certificate.js';
import { checksOf } from './checks.js';
import { figuresOf } from './figures.js';
import { ForgetfulDisk } from './forgetful-disk.js';
import { Ledger } from './ledger.js';
import { MemoryWatch, growthOf } from './memory.js';
import { MISHAP_PLAN_DEFAULT, type Mishap, type MishapPlan, Mishaps } from './mishap.js';
import { rehearsedLoops } from './rehearsed-loops.js';
import { withStandIns } from './stand-in.js';
import { StruckPerformer } from './struck-performer.js';
import { Watchdog } from './watchdog.js';

/** How a scenario is rehearsed. */
export interface ScenarioRehearsal {
  readonly days: number;
  /** Where all mishaps come from; the scenario has a seed of its own. */
  readonly seed: number;
  readonly mishaps?: MishapPlan;
  /** A stand-in for every agent; true unless given. Without, the kinds play themselves. */
  readonly standIns?: boolean;
  /** The longest time that nothing may reach a recorder; 60 unless given. */
  readonly silenceSecondsMax?: number;
  /** Wall seconds without any progress after which agents that compute are given up. */
  readonly patienceSeconds?: number;
  /** Hears how many of the days have been played. */
  readonly onProgress?: (days: number) => void;
}

const DAY_SECONDS = 86_400;

/** So many times it tells how far it is. */
const TELLINGS = 10;

/** The states of all agents are kept no more often than that. */
const CHECKPOINT_SECONDS = 600;

/** The last stretch is without mishaps. */
const MENDING_SECONDS = 60;

/** Agents are started again at once: in logical time there is nothing to wait for. */
const PAUSE_SECONDS_MAX = 0.001;

/** Mishaps come thick; none of them may end an agent for good. */
const UNTIRING = {
  restarts: Number.POSITIVE_INFINITY,
  windowSeconds: 60,
  shelveAfter: Number.POSITIVE_INFINITY,
};

/** What the bus does to a message that nothing befalls. */
const UNHARMED: Fate = { dropped: false, reordered: false, lateTurns: [0] };

/**
 * Plays days of a scenario in minutes, on the virtual clock, with light stand-ins and mishaps from
 * a seed, and says whether all promises held. The same seed strikes in the same places. Throws a
 * UserError for less than two minutes.
 */
export async function rehearseScenario(
  written: Scenario,
  options: ScenarioRehearsal,
): Promise<RehearsalCertificate> {
  const seconds = options.days * DAY_SECONDS;
  if (!(seconds >= 2 * MENDING_SECONDS)) {
    throw new UserError({
      what: `${seconds} seconds are too short`,
      allowed: 'two minutes or more',
    });
  }
  const scenario = options.standIns === false ? written : withStandIns(written);
  const rehearsal = new Rehearsal(scenario, options, seconds);
  const home = mkdtempSync(join(tmpdir(), 'demiurge-rehearsal-'));
  try {
    return rehearsal.certify(await rehearsal.play(join(home, 'run')));
  } finally {
    rmSync(home, { recursive: true, force: true });
  }
}

/** One rehearsal, from the first beat to the certificate. */
class Rehearsal {
  readonly #scenario: Scenario;
  readonly #options: ScenarioRehearsal;
  readonly #seconds: number;
  readonly #ledger: Ledger;
  readonly #mishaps: Mishaps;
  readonly #disk: ForgetfulDisk;
  readonly #watchdog: Watchdog;
  readonly #memory = new MemoryWatch();
  #told = 0;

  constructor(scenario: Scenario, options: ScenarioRehearsal, seconds: number) {
    // Synced with every write, so that nothing waits for the clock on the wall.
    const archive = { ...scenario.archive, sync: 'always' } as const;
    this.#scenario = { ...scenario, archive, supervision: UNTIRING };
    this.#options = options;
    this.#seconds = seconds;
    this.#ledger = new Ledger(scenario);
    this.#mishaps = this.#drawn();
    this.#disk = new ForgetfulDisk({
      isFull: () => this.#mishaps.isFull(this.#ledger.seconds),
      isTorn: () => this.#mishaps.strikes('torn write', 'journal', this.#ledger.seconds),
    });
    this.#watchdog = new Watchdog(options.patienceSeconds ?? 30);
  }

  /** Plays it into a folder. */
  async play(outFolder: string): Promise<Summary> {
    const bus = faultyBus(createEmbeddedBus(), { seed: 0, fate: (said) => this.#fate(said) });
    this.#watchdog.begin();
    try {
      return await runSwarm(this.#scenario, { ...this.#runOptions(), bus, outFolder });
    } finally {
      this.#watchdog.end();
      await bus.close();
    }
  }

  /** What all that was seen amounts to. */
  certify(summary: Summary): RehearsalCertificate {
    const { title } = this.#scenario;
    const { days, seed } = this.#options;
    this.#ledger.end(summary.logicalSeconds);
    const memory = growthOf(this.#memory.samples);
    const quiet = this.#options.silenceSecondsMax ?? 60;
    const loops = rehearsedLoops(this.#scenario, this.#ledger);
    const checks = checksOf({
      scenario: this.#scenario,
      summary,
      ledger: this.#ledger,
      mishaps: this.#mishaps.counts,
      disk: this.#disk.counts,
      memory,
      loops,
      hung: this.#watchdog.hung,
      silenceSecondsMax: quiet,
    });
    return {
      title,
      seed,
      days,
      figures: figuresOf(summary, this.#ledger, this.#mishaps.counts, loops),
      measured: {
        wallSeconds: summary.wallSeconds,
        archiveBytes: this.#disk.counts.bytes,
        diskRefusals: this.#disk.counts.refusals,
        journalEntries: summary.journal.entries,
        tornWrites: this.#mishaps.counts['torn write'],
        memory,
      },
      checks,
      passed: checks.every(({ passed }) => passed),
    };
  }

  #drawn(): Mishaps {
    const { cast, topology } = this.#scenario;
    const [agents, ports] = [
      cast.length,
      new Set(topology.links.map(({ from }) => portName(from))),
    ];
    const [perAgent, perPort] = [
      ['kill', 'throw', 'nan', 'slow'],
      ['drop', 'duplicate', 'reorder'],
    ];
    return new Mishaps({
      seed: this.#options.seed,
      plan: this.#options.mishaps ?? MISHAP_PLAN_DEFAULT,
      victims: {
        ...Object.fromEntries(perAgent.map((name) => [name, agents])),
        ...Object.fromEntries(perPort.map((name) => [name, ports.size])),
      },
      untilSeconds: this.#seconds - MENDING_SECONDS,
    });
  }

  #runOptions(): Omit<RunOptions, 'outFolder'> {
    const { cast, sampleRate } = this.#scenario;
    const outputs = new Map(cast.map(({ id, kind }) => [id, kind.outputs]));
    const [mishaps, ledger] = [this.#mishaps, this.#ledger];
    return {
      clock: 'virtual',
      durationSeconds: this.#seconds,
      pauseSecondsMax: PAUSE_SECONDS_MAX,
      checkpoints: { everySeconds: Math.max(CHECKPOINT_SECONDS, this.#seconds / 100) },
      disk: this.#disk,
      between: (plays, agent) => {
        const ports = outputs.get(agent) ?? {};
        const parts = { agent, plays, outputs: ports, sampleRate, mishaps, ledger };
        return this.#watchdog.watch(agent, new StruckPerformer(parts));
      },
      onRecord: (record) => ledger.journaled(record),
      onEvent: (event) => {
        if (event.type === 'said') this.#said(event.envelope);
      },
    };
  }

  #said(envelope: Envelope): void {
    const ledger = this.#ledger;
    ledger.note(envelope, envelope.time / this.#scenario.sampleRate);
    this.#memory.said(ledger.messages);
    if (ledger.seconds < (this.#told * this.#seconds) / TELLINGS) return;
    this.#told++;
    this.#options.onProgress?.(ledger.seconds / DAY_SECONDS);
  }

  #fate({ body }: BusMessage): Fate {
    const { source, time } = body as Envelope;
    const seconds = time / this.#scenario.sampleRate;
    const strikes = (mishap: Mishap): boolean =>
      this.#mishaps.strikes(mishap, portName(source), seconds);
    if (this.#mishaps.isOut(seconds)) {
      this.#mishaps.counts.outage++;
      return { ...UNHARMED, dropped: true };
    }
    if (strikes('drop')) return { ...UNHARMED, dropped: true };
    if (strikes('duplicate')) return { ...UNHARMED, lateTurns: [0, 2] };
    return strikes('reorder') ? { ...UNHARMED, reordered: true, lateTurns: [4] } : UNHARMED;
  }
}
