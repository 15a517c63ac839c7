import { type AgentId, type Samples, UserError, messageOf } from '../../core/index.js';
import { type ControlRequest, parseControl } from '../../telemetry/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { Chronicle } from '../chronicle.js';
import type { Clock } from '../clock.js';
import { type Upstream, upstreams } from '../horizon.js';
import type { Line } from '../line.js';
import type { Post } from '../post.js';
import type { Seat } from '../seat.js';
import type { Supervisor } from '../supervisor.js';
import type { SwarmEvent } from '../swarm-event.js';
import { type Act, type Ground, refusal } from './act.js';
import type { ControlAnswer, PlannedControl } from './control-door.js';
import { Solos, mute, pauseLoop, quiet } from './hushing.js';
import { Injections, requireEar } from './injection.js';
import { noiseOf } from './noise.js';
import { type Recording, readRecording } from './recording.js';
import { restart } from './revival.js';
import type { Steered } from './steered.js';
import { setDelay, setGain } from './turning.js';

/** What a run is steered by. */
export interface SteeringParts {
  readonly scenario: Scenario;
  readonly seats: readonly Seat[];
  /** The scenario's links first; ways in for injected sound are added behind them. */
  readonly lines: Line[];
  readonly supervisors: ReadonlyMap<AgentId, Supervisor>;
  readonly post: Post;
  readonly chronicle: Chronicle;
  readonly clock: Clock;
  readonly endTime: Samples | undefined;
  readonly steered: Steered;
  /** Who waits for whom; worked out anew when a delay changes. */
  readonly upstream: Map<AgentId, readonly Upstream[]>;
  /** Whether the run is over. */
  readonly ended: () => boolean;
  readonly notify: (event: SwarmEvent) => void;
  readonly poke: () => void;
}

type Repeatable = Exclude<ControlRequest, { name: 'restart' }>;

/**
 * Applies controls to a running swarm. Each takes effect at a logical time that nobody concerned
 * has reached, and is journaled with it: given the same controls at the same times, a run repeats.
 */
export class Steering {
  readonly #parts: SteeringParts;
  readonly #ground: Ground;
  readonly #solos: Solos;
  readonly #injections: Injections;
  #controls = 0;
  #plannedUntil: Samples = -1;

  constructor(parts: SteeringParts) {
    const { scenario, seats, upstream } = parts;
    const lines = parts.lines.slice();
    this.#parts = parts;
    this.#ground = {
      scenario,
      seats: new Map(seats.map((seat) => [seat.id, seat])),
      lines,
      downstreamOf: (agent) =>
        [...upstream].filter(([, all]) => all.some(({ id }) => id === agent)).map(([id]) => id),
      onDelay: () => {
        for (const [id, all] of upstreams(scenario.topology, lines)) upstream.set(id, all);
      },
    };
    this.#solos = new Solos(this.#ground);
    this.#injections = new Injections(this.#ground, parts.lines, parts.post, parts.steered);
  }

  /** Does what a watcher asks for, as soon as that is sure to be repeatable. */
  async apply(request: ControlRequest): Promise<ControlAnswer> {
    try {
      return { done: true, says: await this.#ask(request) };
    } catch (error) {
      const says = messageOf(error);
      if (!(error instanceof UserError)) this.#note('control failed', says);
      return { done: false, says };
    }
  }

  /**
   * Lets controls take effect at given times, before anything has happened. A UserError for one
   * that cannot be done, or a time that is none. What lies behind the end is left out.
   */
  async plan(planned: readonly PlannedControl[]): Promise<void> {
    for (const { time, control, recording } of planned) {
      if (!Number.isSafeInteger(time) || time < Math.max(0, this.#plannedUntil)) {
        throw refusal(`a control planned at ${time}`, 'whole samples from 0 on, in order');
      }
      if (control.name === 'restart' || time >= this.#endTime) continue;
      this.#take(control, await this.#actOf(control, recording), time);
      this.#plannedUntil = time;
    }
  }

  /**
   * Takes again what had taken effect before a run was entered, without journaling it. What was
   * injected then has been heard, or lies before who hears it.
   */
  async recall(controls: readonly PlannedControl[]): Promise<void> {
    for (const { time, control } of controls) {
      if (control.name === 'restart') continue;
      const id = ++this.#controls;
      this.#parts.steered.lastTime = time;
      if (control.name === 'inject' || control.name === 'seed') {
        this.#injections.recall(control.agent, control.port);
      } else (await this.#actOf(control)).take(time, id);
    }
  }

  get #endTime(): Samples {
    return this.#parts.endTime ?? Number.POSITIVE_INFINITY;
  }

  async #ask(request: ControlRequest): Promise<string> {
    const control = parseControl(request);
    if (control === undefined) throw refusal('this is no control', 'one of docs/control.md');
    this.#refuseAfterEnd();
    if (control.name === 'restart') return this.#restart(control.agent);
    const act = await this.#actOf(control);
    // A recording may have taken a while to read. From here on nothing waits.
    this.#refuseAfterEnd();
    const time = this.#momentFor(act);
    this.#parts.steered.askedTime = time;
    this.#take(control, act, time);
    this.#parts.poke();
    const seconds = (time / this.#parts.scenario.sampleRate).toFixed(3);
    return `${act.says}, from ${seconds} s on`;
  }

  #refuseAfterEnd(): void {
    if (this.#parts.ended()) throw refusal('the run is over');
  }

  async #actOf(control: Repeatable, given?: Recording): Promise<Act> {
    const ground = this.#ground;
    switch (control.name) {
      case 'pause-loop':
        return pauseLoop(ground, control.loop, control.on);
      case 'mute':
        return mute(ground, control.agent, control.on);
      case 'quiet':
        return quiet(ground, control.on);
      case 'solo':
        return this.#solos.solo(control.agent, control.on);
      case 'gain':
        return setGain(ground, control.link, control.gain);
      case 'delay':
        return setDelay(ground, control.link, control.delaySeconds);
      case 'inject': {
        requireEar(ground, control.agent, control.port);
        const recording = given ?? (await readRecording(ground.scenario, control.file));
        return this.#injections.inject(control.agent, control.port, recording);
      }
      case 'seed': {
        requireEar(ground, control.agent, control.port);
        const noise = noiseOf(control.seed, ground.scenario.sampleRate);
        return this.#injections.inject(control.agent, control.port, noise);
      }
    }
  }

  /**
   * The first moment that nobody concerned has reached, that is still to be journaled, and that is
   * no earlier than the last control or, on the real clock, than now.
   */
  #momentFor({ concerns }: Act): Samples {
    const { clock, chronicle, steered } = this.#parts;
    const reached = concerns.map((id) => this.#ground.seats.get(id)?.time ?? -1);
    const now = clock.kind === 'real' ? clock.now() : -1;
    const time = Math.max(...reached, now, chronicle.reached) + 1;
    if (time <= this.#plannedUntil) {
      throw refusal('this run repeats the controls of another', 'controls after the last of those');
    }
    const moment = Math.max(time, steered.lastTime);
    if (moment < this.#endTime) return moment;
    throw refusal('what this concerns is computed to its end already');
  }

  #take(control: Repeatable, act: Act, time: Samples): void {
    const { chronicle, steered, notify } = this.#parts;
    const id = ++this.#controls;
    chronicle.controlled({ type: 'control', time, id, control: portable(control, act) });
    steered.lastTime = time;
    act.take(time, id);
    notify({ type: 'controlled', time, id, control, says: act.says });
  }

  #restart(agent: AgentId): string {
    const says = restart(this.#ground, this.#parts.supervisors, agent);
    this.#note('restart asked', says, agent);
    return says;
  }

  /** Journals at once what no replay can repeat. */
  #note(what: string, says: string, agent?: AgentId): void {
    const { chronicle, seats } = this.#parts;
    const concerned = seats.filter(({ id }) => agent === undefined || id === agent);
    const time = Math.max(0, ...concerned.map((seat) => seat.time));
    chronicle.happened({ type: 'happened', time, what, says, ...(agent ? { agent } : {}) });
    chronicle.flush();
  }
}

/** A control as the journal keeps it: the same on every machine. */
function portable(control: Repeatable, act: Act): Repeatable {
  return control.name === 'inject' && act.file !== undefined
    ? { ...control, file: act.file }
    : control;
}
