import { toSeconds } from '../core/index.js';
import type { AgentId } from '../core/index.js';
import type { Link } from './link.js';
import type { Topology } from './topology.js';

/**
 * What a drawing says besides the topology: its title, the rate of its delays, and a word below
 * each agent.
 */
export interface DrawOptions {
  readonly sampleRate: number;
  readonly title?: string;
  /** Such as the kind of each agent. */
  readonly labels?: ReadonlyMap<AgentId, string>;
}

/** Loops that a drawing numbers; a mesh has more than anyone can read. */
export const LOOPS_DRAWN = 20;

/** The options of a link that are not the usual ones, as a scenario writes them: `4s ×0.8`. */
export function linkLabel(link: Link, sampleRate: number): string {
  const parts = [
    link.way === 'returns' ? `${rounded(toSeconds(link.delaySamples, sampleRate))}s` : '',
    link.gain === 1 ? '' : `×${rounded(link.gain)}`,
    link.every === 1 ? '' : `1/${link.every}`,
    link.probability === 1 ? '' : `p${rounded(link.probability)}`,
  ];
  return parts.filter((part) => part !== '').join(' ');
}

/** The numbers, from 1, of the drawn loops each link is part of. */
export function loopsOfLinks(topology: Topology): ReadonlyMap<number, readonly number[]> {
  const numbers = new Map<number, number[]>();
  for (const [i, loop] of topology.loops.slice(0, LOOPS_DRAWN).entries()) {
    for (const link of loop.links) numbers.set(link, [...(numbers.get(link) ?? []), i + 1]);
  }
  return numbers;
}

/** One line for each loop: its number, the way round, and how long that takes. */
export function loopLines(topology: Topology, sampleRate: number): readonly string[] {
  const width = String(Math.min(topology.loops.length, LOOPS_DRAWN)).length;
  const lines = topology.loops.slice(0, LOOPS_DRAWN).map((loop, i) => {
    const links = loop.links.map((index) => topology.links[index] as Link);
    const way = links.map(({ from, way }) => `${from.agent} ${way === 'returns' ? '~>' : '->'} `);
    const delay = links.reduce((sum, link) => sum + link.delaySamples, 0);
    const laps = links.filter((link) => link.way === 'returns').length;
    const number = String(i + 1).padStart(width);
    const time = `${rounded(toSeconds(delay, sampleRate))}s`;
    const age = `${laps} ${laps === 1 ? 'lap' : 'laps'}`;
    return `${number}  ${way.join('')}${loop.agents[0]}   ${time}, ${age}`;
  });
  const left = topology.loops.length - lines.length;
  return left > 0 ? [...lines, `… and ${left} more`] : lines;
}

/** A number with three decimals at most. */
export function rounded(value: number): string {
  return String(Math.round(value * 1000) / 1000);
}
