import type { DroppedRecord, JournalRecord, SaidRecord } from '../../src/archive/index.js';
import type { Scenario } from '../../src/scenarios/index.js';
import type { LinkSummary, Summary } from '../../src/swarm/index.js';

/** What a run left behind. */
export interface Account {
  readonly piece: Scenario;
  readonly summary: Summary;
  readonly records: readonly JournalRecord[];
}

/** Every law a run broke, in words; empty when it broke none. */
export function breaches(account: Account): string[] {
  return [...familyBreaches(account), ...lineBreaches(account), ...lossBreaches(account)];
}

const saidIn = ({ records }: Account): SaidRecord[] => records.filter((r) => r.type === 'said');

const droppedIn = ({ records }: Account): DroppedRecord[] =>
  records.filter((r) => r.type === 'dropped');

/** Law 2: parents come first; a lap is that of the oldest parent; everything is heard once. */
function* familyBreaches(account: Account): Generator<string> {
  const seen = new Map<string, SaidRecord>();
  const answers = new Map<string, number>();
  for (const record of saidIn(account)) {
    const { id, parents, lap, time } = record;
    if (seen.has(id)) yield `${id} was said twice`;
    for (const [parent, heardAt] of parents) {
      const before = seen.get(parent);
      if (before === undefined) yield `${id} cites ${parent}, which is not before it`;
      else if (heardAt !== before.lap && heardAt !== before.lap + 1)
        yield `${parent} at ${heardAt}`;
      else if (before.time > time) yield `${id} is earlier than its parent ${parent}`;
      const answer = `${record.from} to ${parent} heard at lap ${heardAt}`;
      answers.set(answer, (answers.get(answer) ?? 0) + 1);
    }
    if (lap !== Math.max(0, ...parents.map(([, at]) => at))) yield `${id} has lap ${lap}`;
    seen.set(id, record);
  }
  const times = account.piece.cast[0]?.written['times'] as number;
  for (const [answer, count] of answers) {
    if (count > times) yield `${count} answers of ${answer}, at most ${times} if heard once`;
  }
}

/** Law 3, and that nothing is unaccounted for. */
function* lineBreaches(account: Account): Generator<string> {
  const { piece, summary } = account;
  const { laps, inFlight } = piece.limits;
  if (summary.laps.max > laps) yield `lap ${summary.laps.max} of at most ${laps}`;
  for (const line of summary.links) {
    const name = nameOf(line);
    const counted = line.delivered + line.dropped + line.inFlight;
    if (line.sent !== counted) yield `${name}: ${line.sent} sent, ${counted} accounted for`;
    const most = line.way === 'feeds' ? 0 : inFlight;
    if (line.inFlight < 0 || line.inFlight > most) yield `${name}: ${line.inFlight} in flight`;
    const said = saidIn(account).filter(({ from }) => from === line.from).length;
    const met = line.sent + line.skipped;
    if (said !== met) yield `${name}: ${said} said, ${met} sent or skipped`;
    const noted = droppedIn(account).filter(({ link }) => link === name).length;
    if (noted !== line.dropped) yield `${name}: ${line.dropped} dropped, ${noted} in the journal`;
  }
}

/** What was lost on the way is in no one's ancestry. */
function* lossBreaches(account: Account): Generator<string> {
  const lost = new Set(
    droppedIn(account)
      .filter(({ reason }) => reason === 'lost')
      .map(({ id }) => id),
  );
  for (const { id, parents } of saidIn(account)) {
    for (const [parent] of parents) if (lost.has(parent)) yield `${id} heard ${parent}, lost`;
  }
}

function nameOf({ from, to, way }: LinkSummary): string {
  return `${from} ${way === 'feeds' ? '->' : '~>'} ${to}`;
}
