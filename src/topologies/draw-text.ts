import { portName } from '../core/index.js';
import type { AgentId } from '../core/index.js';
import { linkLabel, loopLines, loopsOfLinks } from './drawing.js';
import type { DrawOptions } from './drawing.js';
import type { Link } from './link.js';
import type { Topology } from './topology.js';

/**
 * Draws a topology as plain text: every agent with its arrows out, the loops each arrow is part
 * of in square brackets, then the loops.
 */
export function drawText(topology: Topology, options: DrawOptions): string {
  const title = options.title === undefined ? [] : [options.title, ''];
  const agents = [...topology.members.keys()].flatMap((id) => agentLines(topology, id, options));
  const loops = loopLines(topology, options.sampleRate);
  const heading = loops.length === 0 ? ['', 'no loops'] : ['', 'loops'];
  return [...title, ...agents, ...heading, ...loops.map((line) => `  ${line}`), ''].join('\n');
}

function agentLines(topology: Topology, id: AgentId, options: DrawOptions): readonly string[] {
  const label = options.labels?.get(id);
  const numbers = loopsOfLinks(topology);
  const out = [...topology.links.entries()].filter(([, link]) => link.from.agent === id);
  const width = Math.max(0, ...out.map(([, link]) => link.from.port.length));
  const reach = Math.max(0, ...out.map(([, link]) => portName(link.to).length));
  const arrows = out.map(([index, link]) => {
    const [from, to] = [link.from.port.padEnd(width), portName(link.to).padEnd(reach)];
    const ends = `${from} ${arrow(link)} ${to}`;
    const loops = numbers.get(index);
    const marks = [
      linkLabel(link, options.sampleRate),
      loops === undefined ? '' : `[${loops.join(' ')}]`,
    ];
    return `  ${[ends, ...marks.filter((mark) => mark !== '')].join('  ')}`.trimEnd();
  });
  return [label === undefined ? id : `${id} (${label})`, ...arrows];
}

function arrow(link: Link): string {
  return link.way === 'returns' ? '~>' : '->';
}
