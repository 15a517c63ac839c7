import type { AgentId, EnvelopeId, Samples } from '../core/index.js';
import { wasSaid } from './ancestry.js';
import { beatOf } from './beats.js';
import { reportFailure } from './failure.js';
import { type AgentHappening, SAYING_RANK } from './happening.js';
import { nothingEarlier } from './horizon.js';
import type { Line } from './line.js';
import { type Outcome, PerformerDied } from './performer.js';
import type { Loss, Post } from './post.js';
import type { SchedulerParts } from './scheduler-parts.js';
import { renewalOf, scrubbed } from './scrubbing.js';
import type { Seat } from './seat.js';
import { checkUtterances } from './stamp.js';

/**
 * A discrete-event scheduler that computes independent agents side by side and yet always to the
 * same end: each agent takes what lies before it in the order (time, link, sequence), and only
 * when nothing earlier can reach it.
 */
export class Scheduler {
  readonly #parts: SchedulerParts;
  readonly #seatOf: ReadonlyMap<AgentId, Seat>;
  readonly #post: Post;
  #endTime: Samples;
  #poked = false;
  /** While a checkpoint is kept nothing happens. */
  #held = false;
  #ended = false;
  #resolve: (time: Samples) => void = () => {};
  lagSamples: Samples = 0;

  constructor(parts: SchedulerParts, post: (poke: () => void) => Post) {
    this.#parts = parts;
    this.#seatOf = new Map(parts.seats.map((seat) => [seat.id, seat]));
    this.#endTime = parts.endTime ?? Number.POSITIVE_INFINITY;
    this.#post = post(() => this.poke());
  }

  get ended(): boolean {
    return this.#ended;
  }

  /** Runs until nothing is left before the end; resolves with the time it ended at. */
  run(): Promise<Samples> {
    if (!this.#parts.entered) for (const seat of this.#parts.seats) this.#plan(seat, 0);
    return new Promise((resolve) => {
      this.#resolve = resolve;
      this.poke();
    });
  }

  /** Ends the run soon: what lies at or before the present instant still happens. */
  drain(): void {
    const reached = this.#parts.seats.map((seat) => seat.time);
    const { askedTime } = this.#parts.steered;
    this.#endTime = Math.min(this.#endTime, Math.max(0, askedTime, ...reached) + 1);
    this.poke();
  }

  /** Looks, in a macro-task of its own, whether any agent may go on. */
  poke(): void {
    if (this.#poked || this.#ended) return;
    this.#poked = true;
    setImmediate(() => {
      this.#poked = false;
      if (!this.#ended && !this.#held) this.#round();
    });
  }

  #round(): void {
    let wake = Number.POSITIVE_INFINITY;
    for (const seat of this.#parts.seats) wake = Math.min(wake, this.#advance(seat));
    let horizon = Number.POSITIVE_INFINITY;
    for (const seat of this.#parts.seats) horizon = Math.min(horizon, seat.root);
    const { clock, keeper } = this.#parts;
    const fence = Math.min(keeper.next, this.#endTime);
    this.#parts.onRound(Math.min(horizon, keeper.next));
    if (this.#isOver()) this.#finish();
    else if (horizon >= fence && fence < this.#endTime && fence <= clock.now()) void this.#keep();
    else if (horizon < this.#endTime) {
      if (wake !== Number.POSITIVE_INFINITY) clock.wakeAt(wake, () => this.poke());
    } else if (clock.now() < this.#endTime && Number.isFinite(this.#endTime)) {
      clock.wakeAt(this.#endTime, () => this.poke());
    } else {
      this.#finish();
    }
  }

  async #keep(): Promise<void> {
    this.#held = true;
    await this.#parts.keeper.keep(this.#post);
    this.#held = false;
    this.poke();
  }

  /** A piece without a written end is over when nobody has anything left to do. */
  #isOver(): boolean {
    if (this.#endTime !== Number.POSITIVE_INFINITY) return false;
    return !this.#parts.seats.some((seat) => seat.alive);
  }

  #finish(): void {
    this.#ended = true;
    this.#parts.clock.stop();
    const reached = this.#parts.seats.map((seat) => seat.time + 1);
    const { lastTime } = this.#parts.steered;
    const natural = Math.max(lastTime + 1, this.#post.soundEnd, ...reached);
    this.#resolve(Number.isFinite(this.#endTime) ? this.#endTime : natural);
  }

  /**
   * Lets one agent go as far as it may; returns the time it waits for on the clock, or Infinity.
   */
  #advance(seat: Seat): Samples {
    while (!seat.busy && seat.health !== 'down') {
      if (!seat.atInstant) {
        const time = seat.agenda.nextTime;
        if (time >= this.#endTime || this.#isOver()) break;
        const fence = this.#parts.keeper.next;
        if (Math.min(time, fence) > this.#parts.clock.now()) return Math.min(time, fence);
        if (time >= fence) break;
        if (!this.#nothingEarlierFor(seat, time)) break;
        this.#open(seat);
      }
      const happening = seat.takeNext();
      if (happening !== undefined) this.#happen(seat, happening);
    }
    if (seat.health === 'down' && this.#parts.clock.kind === 'real') this.#missOut(seat);
    return Number.POSITIVE_INFINITY;
  }

  #nothingEarlierFor(seat: Seat, time: Samples): boolean {
    return nothingEarlier(seat, time, this.#parts.upstream.get(seat.id) ?? [], this.#seatOf);
  }

  #open(seat: Seat): void {
    const { lines, limits, clock } = this.#parts;
    const spilled = seat.openInstant(limits, (link) => lines[link]?.link.keep ?? 'oldest');
    for (const delivery of spilled) {
      this.#post.drop(lines[delivery.rank] as Line, delivery, 'brim');
    }
    if (clock.kind === 'real') this.lagSamples = Math.max(0, clock.now() - seat.time);
  }

  #happen(seat: Seat, happening: AgentHappening): void {
    if (happening.type === 'saying') {
      seat.sayingsAhead--;
      this.#post.say(seat, happening.utterance, happening.time);
      return;
    }
    if (happening.type === 'beat') this.#plan(seat, happening.sequence + 1);
    if (seat.health === 'parked') this.#miss(seat, happening);
    else if (this.#parts.shelf.holds(seat, happening)) this.#miss(seat, happening, 'shelved');
    else this.#perform(seat, happening);
  }

  #perform(seat: Seat, happening: Exclude<AgentHappening, { type: 'saying' }>): void {
    seat.busy = true;
    if (happening.type === 'delivery') this.#parts.witness?.taken(seat, happening);
    const arrival = happening.type === 'delivery' ? happening.arrival : undefined;
    const job = { step: ++seat.steps, now: happening.time, arrival, beat: happening.sequence };
    void seat.performer
      .receive(job)
      .then(
        (outcome) => this.#commit(seat, happening, outcome),
        (error: unknown) => this.#fail(seat, happening, error),
      )
      .finally(() => {
        seat.busy = false;
        this.poke();
      });
  }

  #commit(seat: Seat, happening: AgentHappening, outcome: Outcome): Promise<void> | void {
    this.#received(seat, happening);
    seat.counts.computeSeconds += outcome.computeSeconds;
    this.#parts.witness?.stepped(seat, outcome.computeSeconds);
    try {
      const { limits, steered } = this.#parts;
      const known = (id: EnvelopeId): boolean => wasSaid(id, this.#seatOf, steered.injections);
      checkUtterances(seat, outcome.said, limits, known);
    } catch (error) {
      reportFailure(this.#parts, seat, error);
      return;
    }
    for (const { after, ...utterance } of scrubbed(this.#parts, seat, outcome.said)) {
      if (after <= 0) this.#post.say(seat, utterance, happening.time);
      else {
        const time = happening.time + Math.round(after);
        const sequence = seat.sayings++;
        seat.sayingsAhead++;
        seat.agenda.add({ type: 'saying', time, rank: SAYING_RANK, sequence, utterance });
      }
    }
    return renewalOf(this.#parts, seat);
  }

  #received(seat: Seat, happening: AgentHappening): void {
    if (happening.type !== 'delivery') return;
    seat.counts.received++;
    this.#parts.shelf.heard(seat, happening);
    const line = this.#parts.lines[happening.rank];
    if (line !== undefined) line.counts.delivered++;
  }

  #fail(seat: Seat, happening: AgentHappening, error: unknown): void {
    if (error instanceof PerformerDied) {
      if (happening.type === 'delivery') {
        this.#post.drop(this.#parts.lines[happening.rank] as Line, happening, 'crash');
        this.#parts.shelf.lostOver(seat, happening, error);
      }
      return;
    }
    this.#received(seat, happening);
    reportFailure(this.#parts, seat, error);
  }

  /**
   * On the real clock the rest does not wait for an agent that is down: what was meant for it now
   * is missed.
   */
  #missOut(seat: Seat): void {
    const now = Math.min(this.#parts.clock.now(), this.#endTime - 1);
    while (!seat.busy && (seat.atInstant || seat.agenda.nextTime <= now)) {
      if (!seat.atInstant && !this.#nothingEarlierFor(seat, seat.agenda.nextTime)) return;
      if (!seat.atInstant) this.#open(seat);
      const happening = seat.takeNext();
      if (happening?.type === 'saying') this.#post.say(seat, happening.utterance, happening.time);
      else if (happening !== undefined) this.#miss(seat, happening);
    }
  }

  #miss(seat: Seat, happening: AgentHappening, why: Loss = 'down'): void {
    if (happening.type === 'beat' && seat.health === 'down') {
      this.#plan(seat, happening.sequence + 1);
    }
    if (happening.type !== 'delivery') return;
    this.#post.drop(this.#parts.lines[happening.rank] as Line, happening, why);
  }

  #plan(seat: Seat, beat: number): void {
    const ticks = this.#parts.ticks.get(seat.id);
    const planned = ticks && beatOf(ticks, beat, this.#parts.sampleRate);
    if (planned !== undefined) seat.agenda.add(planned);
  }
}
