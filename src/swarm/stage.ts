import { hashOf } from '../archive/index.js';
import type { Bus } from '../bus/index.js';
import type { AgentId, Samples } from '../core/index.js';
import { accountOf } from './account.js';
import { watchLife } from './alive.js';
import { begin, keeperOf, openChronicle, shelfOf } from './beginning.js';
import type { Chronicle } from './chronicle.js';
import { holdsOf } from './control/holds.js';
import { Steering } from './control/steering.js';
import { unsteered } from './control/steered.js';
import { beginningOf } from './checkpoint/entry.js';
import { Memories } from './checkpoint/memory.js';
import { type Clock, clockOf, stopwatch } from './clock.js';
import { awaitBaton, conduct, followBaton } from './conductor.js';
import { NEVER, endTimeOf } from './end-time.js';
import { stopAll } from './ending.js';
import { clockKindOf } from './hang.js';
import { type Upstream, upstreams } from './horizon.js';
import type { Line } from './line.js';
import { Post } from './post.js';
import { Pulse } from './pulse.js';
import { keepHours } from './quiet-hours.js';
import { Scheduler } from './scheduler.js';
import type { StageParts } from './stage-parts.js';
import type { Summary } from './summary.js';
import { PAUSE_SECONDS_MAX, Supervisor } from './supervisor.js';
import type { SwarmEvent } from './swarm-event.js';
import { Observer } from './telemetry/observer.js';

/** One performance, from the first beat to the account. */
export class Stage {
  readonly #parts: StageParts;
  readonly #clock: Clock;
  readonly #chronicle: Chronicle;
  readonly #memories: Memories;
  readonly #scheduler: Scheduler;
  readonly #endTime: Samples | undefined;
  readonly #wallSeconds = stopwatch();
  readonly #notify: (event: SwarmEvent) => void;
  readonly observer: Observer | undefined;
  #supervisors: ReadonlyMap<AgentId, Supervisor> = new Map();
  readonly #upstream: Map<AgentId, readonly Upstream[]>;
  readonly #steered = unsteered();
  /** The links as written and, behind them, the ways in of what is injected. */
  readonly #lines: Line[];
  #post!: Post;
  readonly #pulse: Pulse;

  constructor(parts: StageParts) {
    const { scenario, options, cast } = parts;
    const { sampleRate, limits } = scenario;
    this.#parts = parts;
    this.#clock = clockOf(clockKindOf(scenario, options, parts.bus), sampleRate, options.speed);
    this.#endTime = endTimeOf(scenario, options);
    this.#lines = [...cast.lines];
    this.#upstream = new Map(upstreams(scenario.topology, cast.lines));
    this.#chronicle = openChronicle(parts);
    this.#memories = new Memories(options.enter?.checkpoint);
    this.observer = this.#observed();
    this.#notify = (event) => {
      this.observer?.hear(event);
      options.onEvent?.(event);
    };
    this.#pulse = this.#pulsing();
    parts.faults.tell = (says) => this.#fault(says);
    this.#scheduler = new Scheduler(
      {
        ...cast,
        lines: this.#lines,
        upstream: this.#upstream,
        clock: this.#clock,
        limits,
        sampleRate,
        endTime: this.#endTime,
        steered: this.#steered,
        chronicle: this.#chronicle,
        notify: this.#notify,
        witness: this.observer,
        keeper: keeperOf(parts, this.#told()),
        shelf: shelfOf(parts, this.#told()),
        entered: options.enter !== undefined,
        onRound: (horizon) =>
          this.#pulse.beat(horizon, this.#scheduler.lagSamples, this.#post.lapsMax),
      },
      (poke) => this.#openPost(poke),
    );
  }

  async play(): Promise<Summary> {
    const { run, folder, cast, options, bus, scenario } = this.#parts;
    this.#supervisors = this.#supervised();
    const steering = this.#steering();
    folder.writeJson('run.json', this.#parts.record(this.#clock.kind));
    this.#notify({ type: 'started', run, agents: cast.seats.map((seat) => seat.id) });
    const whole = { post: this.#post, chronicle: this.#chronicle, steering };
    await begin(this.#parts, whole).catch((error: unknown) => {
      folder.discard();
      throw error;
    });
    this.#post.open();
    const piece = { run, scenario: hashOf(scenario.text), seed: scenario.seed };
    const drain = (): void => this.#scheduler.drain();
    options.signal?.addEventListener('abort', drain, { once: true });
    if (options.signal?.aborted) drain();
    const stopFollowing = options.follow ? await this.#fallIn(bus, piece) : (): void => {};
    if (!options.follow) this.#clock.begin(beginningOf(options.enter));
    const conductor = options.follow ? undefined : conduct(bus, piece, () => this.#now());
    options.controls?.((control) => steering.apply(control));
    const unkeep = keepHours(this.#parts, this.#clock, steering);
    this.observer?.begin();
    const unwatch = watchLife(options.alive, this.#pulse, () => this.#now());
    const ended = await this.#scheduler.run();
    unwatch();
    unkeep();
    conductor?.stop();
    stopFollowing();
    for (const supervisor of this.#supervisors.values()) supervisor.stop();
    const reason = options.signal?.aborted ? 'asked' : 'finished';
    this.observer?.end(reason, ended);
    return this.#close(ended, reason);
  }

  /** Who is told what happened, and what is remembered. */
  #told() {
    return { chronicle: this.#chronicle, notify: this.#notify, memories: this.#memories };
  }

  #supervised(): ReadonlyMap<AgentId, Supervisor> {
    const poke = (): void => this.#scheduler.poke();
    const { cast, options, scenario } = this.#parts;
    const { supervision: policy, sampleRate } = scenario;
    const { pauseSecondsMax = PAUSE_SECONDS_MAX } = options;
    const parts = { policy, pauseSecondsMax, sampleRate, ...this.#told(), poke };
    const { seats } = cast;
    return new Map(seats.map((seat) => [seat.id, new Supervisor(seat, parts)]));
  }

  #steering(): Steering {
    const { scenario, cast } = this.#parts;
    return new Steering({
      scenario,
      seats: cast.seats,
      lines: this.#lines,
      supervisors: this.#supervisors,
      post: this.#post,
      chronicle: this.#chronicle,
      clock: this.#clock,
      endTime: this.#endTime,
      steered: this.#steered,
      upstream: this.#upstream,
      ended: () => this.#scheduler.ended,
      notify: this.#notify,
      poke: () => this.#scheduler.poke(),
    });
  }

  /** Who watches the run for those outside; nobody, unless somebody takes what is told. */
  #observed(): Observer | undefined {
    const { scenario, options, run, folder, bus, cast } = this.#parts;
    if (options.telemetry === undefined) return undefined;
    return new Observer({
      ...cast,
      scenario,
      run,
      folder: folder.path,
      bus: bus.kind,
      clock: this.#clock.kind,
      durationSeconds: options.durationSeconds ?? scenario.durationSeconds,
      control: options.controls !== undefined,
      holds: holdsOf(cast.lines, scenario.topology.loops, () => this.#now()),
      now: () => this.#now(),
      lapsMax: () => this.#post.lapsMax,
      journalEntries: () => this.#chronicle.entries,
      restartsLeft: (agent) =>
        this.#supervisors.get(agent)?.restartsLeft ?? scenario.supervision.restarts,
      tell: options.telemetry,
    });
  }

  async #fallIn(bus: Bus, piece: { run: string; scenario: string }): Promise<() => void> {
    const beat = await awaitBaton(bus, piece, true);
    this.#clock.begin(beat.time);
    return followBaton(bus, piece, ({ ended }) => {
      if (ended) this.#scheduler.drain();
    });
  }

  #fault(says: string): void {
    const what = {
      type: 'happened',
      time: Math.max(0, this.#pulse.horizon),
      what: 'bus fault',
    } as const;
    this.#chronicle.happened({ ...what, says });
    this.#notify({ type: 'bus', state: 'fault', says });
  }

  #openPost(poke: () => void): Post {
    const { run, bus, cast, scenario } = this.#parts;
    this.#post = new Post({
      run,
      sampleRate: scenario.sampleRate,
      bus,
      seats: new Map(cast.seats.map((seat) => [seat.id, seat])),
      lines: cast.lines,
      chronicle: this.#chronicle,
      nowElsewhere: () => Math.max(0, this.#now()),
      notify: this.#notify,
      witness: this.observer,
      poke,
    });
    return this.#post;
  }

  /** Logical time now: the clock's on the real one, what has been reached on the virtual one. */
  #now(): Samples {
    return this.#clock.kind === 'real' ? this.#clock.now() : this.#pulse.horizon;
  }

  #pulsing(): Pulse {
    const { cast, scenario, options } = this.#parts;
    const endTime = this.#endTime === NEVER ? undefined : this.#endTime;
    const [chronicle, observer, notify] = [this.#chronicle, this.observer, this.#notify];
    const { sampleRate } = scenario;
    const parts = { cast, chronicle, observer, sampleRate, endTime, notify };
    return new Pulse(parts, beginningOf(options.enter));
  }

  async #close(ended: Samples, reason: Summary['reason']): Promise<Summary> {
    const { cast, folder } = this.#parts;
    this.#post.close();
    await stopAll(cast.seats, ended, this.#chronicle);
    const summary = await this.#summarise(ended, reason);
    folder.writeJson('summary.json', summary);
    this.#notify({ type: 'stopped', reason });
    return summary;
  }

  async #summarise(ended: Samples, reason: Summary['reason']): Promise<Summary> {
    const { options, faults: _, ...parts } = this.#parts;
    const [wallSeconds, began] = [this.#wallSeconds(), beginningOf(options.enter)];
    const journal = await this.#chronicle.close(ended);
    const [lines, post, { lagMax }] = [this.#lines, this.#post, this.#pulse];
    const when = { began, ended, lagMax, wallSeconds };
    return accountOf({ ...parts, ...when, reason, lines, post, journal });
  }
}
