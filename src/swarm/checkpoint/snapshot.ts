import { type AgentHappening, earlier } from '../happening.js';
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
  const { id, time, steps, sayings, sayingsAhead, sequences } = seat;
  // How long the computing took differs from run to run.
  const { computeSeconds: _, ...counts } = seat.counts;
  const agenda = seat.agenda
    .rest()
    .filter((happening) => isKept(happening, links))
    .toSorted((a, b) => (earlier(a, b) ? -1 : 1));
  const parked = seat.health === 'parked';
  return { id, time, steps, sayings, sayingsAhead, sequences, counts, parked, agenda };
}

/** What is injected later is planned anew by whoever enters here: its controls are journaled. */
function isKept(happening: AgentHappening, links: number): boolean {
  return happening.type !== 'delivery' || (!happening.givenUp && happening.rank < links);
}

/** Puts seats, links and post where they were. */
export function recallSnapshot(
  { seats: snapshots, lines: counts, post: counted }: Omit<Checkpoint, 'states'>,
  seats: readonly Seat[],
  written: readonly Line[],
  post: Post,
): void {
  const seatOf = new Map(seats.map((seat) => [seat.id, seat]));
  for (const snapshot of snapshots) {
    const seat = seatOf.get(snapshot.id);
    if (seat !== undefined) recallSeat(seat, snapshot);
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

function recallSeat(seat: Seat, snapshot: SeatSnapshot): void {
  const { time, steps, sayings, sayingsAhead, sequences, counts, parked, agenda } = snapshot;
  Object.assign(seat, { time, steps, sayings, sayingsAhead });
  for (const [port, sequence] of sequences) seat.sequences.set(port, sequence);
  Object.assign(seat.counts, counts);
  if (parked) seat.health = 'parked';
  for (const happening of agenda) seat.agenda.add(happening);
}
