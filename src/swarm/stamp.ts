import {
  type Ancestor,
  type Control,
  type Envelope,
  type EnvelopeId,
  type Limits,
  type Matches,
  type Samples,
  type SignalKind,
  type SignalMap,
  UserError,
  arraysOf,
  bytesOf,
  lapOf,
} from '../core/index.js';
import type { Utterance } from './happening.js';
import type { Outcome } from './performer.js';
import type { Seat } from './seat.js';

/** Makes an envelope of an utterance: its id, its lap (Law 2), its sequence. Counts it as said. */
export function stamp(seat: Seat, utterance: Utterance, time: Samples): Envelope {
  const { port, signal, parents, origins, models = seat.models } = utterance;
  const sequence = (seat.sequences.get(port) ?? 0) + 1;
  seat.sequences.set(port, sequence);
  seat.counts.emitted++;
  const carries = seat.outputs[port]?.carries ?? 'control';
  return Object.freeze({
    id: `${seat.id}.${seat.counts.emitted}`,
    source: { agent: seat.id, port },
    sequence,
    time,
    lap: lapOf(parents),
    parents,
    carries,
    signal,
    ...(models.length > 0 ? { models } : {}),
    ...(origins ? { origins } : {}),
  });
}

/**
 * Refuses what no agent may say: unknown ports, too many emissions, too heavy a signal, numbers
 * or times that are none.
 */
export function checkUtterances(
  seat: Seat,
  said: Outcome['said'],
  limits: Limits,
  wasSaid: (id: EnvelopeId) => boolean,
): void {
  if (said.length > limits.emissions) {
    throw refusal(seat, `${said.length} emissions in one step`, `at most ${limits.emissions}`);
  }
  const untimely = said.find(({ after }) => !Number.isFinite(after));
  if (untimely !== undefined) {
    throw refusal(seat, `something to be said after ${untimely.after} samples`, 'a finite number');
  }
  const later = said.filter(({ after }) => after > 0).length;
  if (later > 0 && seat.sayingsAhead + later > limits.inFlight) {
    throw refusal(
      seat,
      `${seat.sayingsAhead} things still to be said`,
      `at most ${limits.inFlight}`,
    );
  }
  for (const utterance of said) {
    checkUtterance(seat, utterance, limits);
    checkParents(seat, utterance.parents, limits, wasSaid);
  }
}

/** Law 2 rests on what agents cite: nobody may invent an ancestor, or a lap beyond the brim. */
function checkParents(
  seat: Seat,
  parents: readonly Ancestor[],
  limits: Limits,
  wasSaid: (id: EnvelopeId) => boolean,
): void {
  for (const { id, lap } of parents) {
    if (!wasSaid(id)) throw refusal(seat, `a parent "${id}"`, 'what was said before');
    if (Number.isInteger(lap) && lap >= 0 && lap <= limits.laps) continue;
    throw refusal(
      seat,
      `a parent of lap ${lap}`,
      `the lap it was heard at, at most ${limits.laps}`,
    );
  }
}

function checkUtterance(seat: Seat, { port, signal }: Utterance, limits: Limits): void {
  const carries = seat.outputs[port]?.carries;
  if (carries === undefined) {
    throw refusal(seat, `it has no output "${port}"`, Object.keys(seat.outputs).join(', '));
  }
  const bytes = bytesOf(carries, signal);
  if (bytes > limits.signalBytes) {
    throw refusal(seat, `${bytes} bytes on "${port}"`, `at most ${limits.signalBytes}`);
  }
  // Sound is scrubbed instead: one bad sample costs a fade, not the step.
  if (carries !== 'audio' && !isSound(carries, signal)) {
    throw refusal(seat, `NaN or infinity on "${port}"`, 'finite numbers');
  }
}

/** Matches may lie infinitely far, but not nowhere. */
function isSound(carries: SignalKind, signal: SignalMap[SignalKind]): boolean {
  if (carries === 'control') return Number.isFinite((signal as Control).value);
  if (carries === 'matches') {
    return (signal as Matches).list.every(({ distance }) => !Number.isNaN(distance));
  }
  return arraysOf<SignalKind>(carries, signal).every((array) => array.every(Number.isFinite));
}

function refusal(seat: Seat, what: string, allowed: string): UserError {
  return new UserError({ what, where: `agent ${seat.id} (${seat.kind})`, allowed });
}
