import { portName } from '../../core/index.js';
import type { Scenario } from '../../scenarios/index.js';
import type { LinkSummary, Summary } from '../../swarm/index.js';
import type { Check, RehearsedLoop } from './certificate.js';
import type { DiskCounts } from './forgetful-disk.js';
import type { Ledger } from './ledger.js';
import type { MemoryGrowth } from './memory.js';
import type { Mishap } from './mishap.js';

/** Everything a rehearsal is judged by. */
export interface Evidence {
  readonly scenario: Scenario;
  readonly summary: Summary;
  readonly ledger: Ledger;
  readonly mishaps: Readonly<Record<Mishap, number>>;
  readonly disk: DiskCounts;
  readonly memory: MemoryGrowth;
  readonly loops: readonly RehearsedLoop[];
  /** Agents that did not answer, and were given up. */
  readonly hung: readonly string[];
  readonly silenceSecondsMax: number;
}

/** Bytes that each message may leave behind (watching-and-lasting (c)). */
export const BYTES_PER_MESSAGE_MAX = 7;

/** What memory may move by for other reasons, such as code that is compiled late. */
const HEAP_NOISE_BYTES = 4 * 2 ** 20;
const RSS_NOISE_BYTES = 64 * 2 ** 20;

/** Holds a rehearsal to its promises, each with the figures behind it. */
export function checksOf(evidence: Evidence): readonly Check[] {
  return [
    answers(evidence),
    conservation(evidence),
    losses(evidence),
    supervision(evidence),
    loops(evidence),
    ...silence(evidence),
    journal(evidence),
    ...memory(evidence),
  ];
}

function check(name: string, passed: boolean, says: string): Check {
  return { name, passed, says };
}

function answers({ hung }: Evidence): Check {
  const says = hung.length === 0 ? 'every agent ends every step' : `hung: ${hung.join(', ')}`;
  return check('everybody answers', hung.length === 0, says);
}

/** What the engine counts on a link, against what was said, heard and journaled. */
function conservation({ scenario, summary, ledger }: Evidence): Check {
  const { links } = scenario.topology;
  const wrong = summary.links.filter((counts, i) => {
    const link = links[i] as (typeof links)[number];
    const alike = summary.links.filter((_, j) => sameWire(link, links[j] as typeof link));
    const delivered = alike.reduce((sum, one) => sum + one.delivered, 0);
    const { heard } = ledger.wire(link.from.agent, link.to.agent, link.to.port);
    const said = ledger.said.get(portName(link.from)) ?? 0;
    const brim = link.way === 'feeds' ? 0 : scenario.limits.inFlight;
    return (
      heard !== delivered ||
      said !== counts.sent + counts.skipped ||
      counts.inFlight < 0 ||
      counts.inFlight > brim ||
      counts.dropped !== (ledger.dropsOf.get(lineName(counts)) ?? 0)
    );
  });
  const says =
    wrong.length === 0
      ? `sent = delivered + dropped + in flight on ${links.length} links, said and heard alike`
      : `they do not add up on ${wrong.map(lineName).join(', ')}`;
  return check('nothing is lost uncounted', wrong.length === 0, says);
}

type Ends = Scenario['topology']['links'][number];

function sameWire(a: Ends, b: Ends): boolean {
  return a.from.agent === b.from.agent && portName(a.to) === portName(b.to);
}

function lineName({ from, to, way }: LinkSummary): string {
  return `${from} ${way === 'feeds' ? '->' : '~>'} ${to}`;
}

function losses({ summary, ledger, mishaps }: Evidence): Check {
  const asked = mishaps.drop + mishaps.outage;
  const crashes = ledger.dropsBy.get('crash') ?? 0;
  const down = ledger.dropsBy.get('down') ?? 0;
  const passed = summary.bus.gaps === asked && crashes <= mishaps.kill && down === 0;
  const on = `${summary.bus.gaps} gaps on the bus for ${asked} losses asked for`;
  const crashed = `${crashes} in crashes for ${mishaps.kill} kills`;
  return check(
    'every loss is explained',
    passed,
    `${on}, ${crashed}, ${down} for want of an agent`,
  );
}

function supervision({ summary, mishaps, ledger }: Evidence): Check {
  const sum = (of: 'restarts' | 'failures' | 'scrubbed'): number =>
    summary.agents.reduce((total, agent) => total + agent[of], 0);
  const asked = mishaps.throw + mishaps.nan;
  // Sound that is spoilt is mended; who spoils it again and again is renewed.
  const ended = mishaps.kill + ledger.renewals;
  const failed = sum('failures') + sum('scrubbed');
  const passed = sum('restarts') === ended && failed === asked;
  const restarted = `${sum('restarts')} restarts for ${ended} kills and renewals`;
  const told = `${failed} failures and mended sounds for ${asked} asked for`;
  return check('whoever falls gets up', passed, `${restarted}, ${told}`);
}

function loops({ loops: all }: Evidence): Check {
  const stuck = all.filter(({ isStuck }) => isStuck);
  const told = stuck.map(({ agents, quietSeconds }) => {
    return `${agents.join(' → ')} for ${Math.round(quietSeconds)} s`;
  });
  const says = stuck.length === 0 ? `${all.length} loops went round to the end` : told.join('; ');
  return check('no loop is stuck', stuck.length === 0, says);
}

function silence({ ledger, silenceSecondsMax }: Evidence): Check[] {
  const { silenceSeconds } = ledger;
  if (silenceSeconds === undefined) return [];
  const passed = silenceSeconds <= silenceSecondsMax;
  const says = `nothing heard for ${silenceSeconds.toFixed(1)} s at most`;
  return [check('no silence is long', passed, `${says}; ${silenceSecondsMax} allowed`)];
}

function journal({ summary, disk }: Evidence): Check {
  const { entries, chain, unwritten = 0 } = summary.journal;
  const headers = Math.ceil(entries / SEGMENT_RECORDS);
  const whole = disk.lines === entries + headers && (entries === 0 || disk.chain === chain);
  const passed = whole && unwritten === 0 && disk.misplaced === 0;
  const says = `${disk.lines - headers} of ${entries} lines`;
  const on = `on a disk that refused ${disk.refusals} times`;
  return check('the journal is whole', passed, `${says} ${on}`);
}

/** Lines under one header, as the journal's format has it. */
const SEGMENT_RECORDS = 50_000;

function memory({ memory: grown }: Evidence): Check[] {
  const { heapBytesPerMessage: heap, rssBytesPerMessage: rss, messages } = grown;
  const fits = (slope: number, noise: number): boolean =>
    slope <= BYTES_PER_MESSAGE_MAX || slope * messages <= noise;
  const passed = fits(heap, HEAP_NOISE_BYTES) && fits(rss, RSS_NOISE_BYTES);
  const says = `${heap.toFixed(2)} bytes of heap and ${rss.toFixed(2)} of memory per message`;
  const over = `over ${messages} messages; ${BYTES_PER_MESSAGE_MAX} allowed`;
  return [check('memory stays', passed, `${says}, ${over}`)];
}
