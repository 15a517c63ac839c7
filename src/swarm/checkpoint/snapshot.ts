import type { Ticks } from '../../agents/index.js';
import { type AgentId, type Samples, toSeconds } from '../../core/index.js';
import { beatOf } from '../beats.js';
import { type AgentHappening, type Beat, earlier } from '../happening.js';
import type { Line } from '../line.js';
import type { Post } from '../post.js';
import type { Seat } from '../seat.js';
import type { Checkpoint, SeatSnapshot } from './checkpoint.js';

/** What a swarm is, apart from its agents' states, while nothing happens in it. */
export function snapshotOf(
  seats: readonly Seat[],
  written: readonly Line[],
  post: Post,
): Omit<Checkpoint, 'time' | 'states'> {
  const { lapsMax, soundEnd, lost, lapCounts } = post;
  return {
    seats: seats.map((seat) => seatSnapshot(seat, written.length)),
    lines: written.map(({ counts }) => ({ ...counts })),
    post: { lapsMax, soundEnd, lost, lapCounts },
  };
}

function seatSnapshot(seat: Seat, links: number): SeatSnapshot {
  const { id, kind, time, steps, sayings, sayingsAhead, sequences, spoilt } = seat;
  // How long the computing took differs from run to run.
  const { computeSeconds: _, ...counts } = seat.counts;
  const agenda = seat.agenda
    .rest()
    .filter((happening) => isKept(happening, links))
    .toSorted((a, b) => (earlier(a, b) ? -1 : 1));
  const parked = seat.health === 'parked';
  const place = { id, kind, time, steps, sayings, sayingsAhead, sequences };
  return { ...place, counts, parked, spoilt, agenda };
}

/** What is injected later is planned anew by whoever enters here: its controls are journaled. */
function isKept(happening: AgentHappening, links: number): boolean {
  return happening.type !== 'delivery' || (!happening.givenUp && happening.rank < links);
}

/** What is put where it was, and how often its agents are woken now. */
export interface Recalled {
  readonly seats: readonly Seat[];
  readonly ticks: ReadonlyMap<AgentId, Ticks>;
  readonly sampleRate: number;
  /** The links as written. */
  readonly lines: readonly Line[];
  readonly post: Post;
}

/** Puts seats, links and post where they were. Beats of another measure now begin anew. */
export function recallSnapshot(
  { time, seats: snapshots, lines: counts, post: counted }: Omit<Checkpoint, 'states'>,
  { seats, ticks, sampleRate, lines: written, post }: Recalled,
): void {
  const seatOf = new Map(seats.map((seat) => [seat.id, seat]));
  for (const snapshot of snapshots) {
    const seat = seatOf.get(snapshot.id);
    if (seat === undefined) continue;
    const beat = ticks.get(seat.id);
    recallSeat(seat, snapshot, beat && { ...beat, from: time, sampleRate });
  }
  for (const [index, line] of written.entries()) {
    Object.assign(line.counts, counts[index]);
    const receiver = seatOf.get(line.link.to.agent);
    if (receiver !== undefined) line.recallFlying(receiver.agenda.rest());
  }
  const { lapsMax, soundEnd, lost, lapCounts } = counted;
  Object.assign(post, { lapsMax, soundEnd, lost });
  for (const [lap, count] of lapCounts) post.lapCounts.set(lap, count);
}

type Measure = Ticks & { readonly from: Samples; readonly sampleRate: number };

function recallSeat(seat: Seat, snapshot: SeatSnapshot, measure: Measure | undefined): void {
  const { time, steps, sayings, sayingsAhead, sequences, counts, parked, agenda } = snapshot;
  Object.assign(seat, { time, steps, sayings, sayingsAhead, spoilt: snapshot.spoilt ?? [] });
  for (const [port, sequence] of sequences) seat.sequences.set(port, sequence);
  Object.assign(seat.counts, counts);
  if (parked) seat.health = 'parked';
  for (const happening of agenda) {
    if (happening.type !== 'beat') seat.agenda.add(happening);
  }
  const beat = agenda.find((happening) => happening.type === 'beat');
  const next = measure && nextBeat(measure, beat);
  if (next !== undefined) seat.agenda.add(next);
}

/** The beat that was to come, unless the measure puts it elsewhere now. */
function nextBeat(measure: Measure, kept: Beat | undefined): Beat | undefined {
  const { from, sampleRate, everySeconds, offsetSeconds = 0 } = measure;
  const same = kept && beatOf(measure, kept.sequence, sampleRate);
  if (kept !== undefined && same?.time === kept.time) return kept;
  const begun = toSeconds(from, sampleRate) - offsetSeconds;
  let sequence = Math.max(0, Math.floor(begun / everySeconds));
  let beat = beatOf(measure, sequence, sampleRate);
  while (beat !== undefined && beat.time < from) beat = beatOf(measure, ++sequence, sampleRate);
  return beat;
}
