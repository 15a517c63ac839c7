import type { Summary } from '../../swarm/index.js';
import type { RehearsalFigures, RehearsedLoop } from './certificate.js';
import type { Ledger } from './ledger.js';
import type { Mishap } from './mishap.js';

/** The figures of a rehearsal that repeat with its seed. */
export function figuresOf(
  summary: Summary,
  ledger: Ledger,
  mishaps: Readonly<Record<Mishap, number>>,
  loops: readonly RehearsedLoop[],
): RehearsalFigures {
  const { links, agents, journal, bus, laps } = summary;
  const { silenceSeconds } = ledger;
  // When the journal is written depends on the disk and the wall clock.
  const { 'torn write': _, ...struck } = mishaps;
  return {
    messages: ledger.messages,
    delivered: sum(links.map(({ delivered }) => delivered)),
    dropped: Object.fromEntries([...ledger.dropsBy].sort(([a], [b]) => (a < b ? -1 : 1))),
    inFlight: sum(links.map(({ inFlight }) => inFlight)),
    gaps: bus.gaps,
    restarts: sum(agents.map(({ restarts }) => restarts)),
    failures: sum(agents.map(({ failures }) => failures)),
    lapsMax: laps.max,
    journalDigest: journal.digest,
    mishaps: struck,
    ...(silenceSeconds === undefined ? {} : { silenceSeconds }),
    loops,
  };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
