import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { fragment } from '../address.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import type { Utterance } from '../tale/utterance.js';
import { clock, lasting } from '../written.js';

const WIDTH = 1000;
const [BAR, GAP, PAD] = [9, 2, 3];
const ROWS_MAX = 4;
/** What has no length of its own is drawn this wide. */
const TICK = 2;
/** How many shades the laps of a run are shown in; the first is lap 0 alone. */
export const LAP_SHADES = 8;

/** The shade of a lap, 0 to 7: 0 for what never came back, the last for the oldest of the run. */
export function lapShade(lap: number, most: number): number {
  if (lap <= 0) return 0;
  return Math.min(LAP_SHADES - 1, 1 + Math.floor(((lap - 1) / Math.max(1, most)) * 7));
}

/** The most laps that anything of a run has. */
export function lapsOf({ said }: Pick<Tale, 'said'>): number {
  return said.reduce((most, { record }) => Math.max(most, record.lap), 0);
}

/** One port's lane: who speaks there, and its bars. */
export interface Lane {
  readonly agent: string;
  readonly port: string;
  readonly bars: readonly Utterance[];
}

/** The lanes of a take: one for each port that speaks in it, by agent as the scenario has them. */
export function lanesOf(tale: Tale, { from, to }: Take): readonly Lane[] {
  const lanes = new Map<string, { agent: string; port: string; bars: Utterance[] }>();
  const order = [...tale.kinds.keys()];
  for (const one of tale.said) {
    if (one.line === 0 || one.at >= to || one.at + Math.max(one.seconds, 1e-9) <= from) continue;
    const { agent, port } = one;
    const lane = lanes.get(one.record.from) ?? { agent, port, bars: [] };
    lanes.set(one.record.from, lane);
    lane.bars.push(one);
  }
  const rank = ({ agent }: Lane): number => order.indexOf(agent) + 1 || order.length + 1;
  return [...lanes.values()].toSorted((a, b) => rank(a) - rank(b));
}

/** The bars of a lane as SVG, overlapping ones below one another; each links to its envelope. */
export function laneSvg({ agent, port, bars }: Lane, take: Take, laps: number): Markup {
  const ends: number[] = [];
  const scale = WIDTH / Math.max(1e-9, take.to - take.from);
  const drawn = bars.map((one) => {
    const x = Math.max(0, (one.at - take.from) * scale);
    const end = Math.min(WIDTH, Math.max((one.at + one.seconds - take.from) * scale, x + TICK));
    const free = ends.findIndex((other) => other <= x + 1e-6);
    const row = free >= 0 ? free : ends.length < ROWS_MAX ? ends.length : earliest(ends);
    ends[row] = end;
    return bar(one, { x, width: end - x, y: PAD + row * (BAR + GAP), laps });
  });
  const height = 2 * PAD + ends.length * (BAR + GAP) - GAP;
  return html`<svg class="lane" viewBox="0 0 ${WIDTH} ${height}" height="${height}" role="group"
 preserveAspectRatio="none" aria-label="${agent}, ${port}">${drawn}</svg>`;
}

function earliest(ends: readonly number[]): number {
  return ends.indexOf(Math.min(...ends));
}

interface Box {
  readonly x: number;
  readonly width: number;
  readonly y: number;
  readonly laps: number;
}

function bar(one: Utterance, { x, width, y, laps }: Box): Markup {
  const shade = `l${lapShade(one.record.lap, laps)}`;
  const [left, across] = [x.toFixed(2), width.toFixed(2)];
  return html`<a href="${fragment(one.id)}" class="${shade}" tabindex="-1">
<title>${described(one)}</title>
<rect x="${left}" y="${y}" width="${across}" height="${BAR}"/></a>
`;
}

/** An envelope in a few words: `mel.3, lap 2, audio of 4.1 s at 0:12.0`. */
export function described({ id, record, seconds, at }: Utterance): string {
  const length = seconds > 0 ? ` of ${lasting(seconds)}` : '';
  return `${id}, lap ${record.lap}, ${record.carries}${length} at ${clock(at, true)}`;
}
