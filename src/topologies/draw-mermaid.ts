import type { AgentId } from '../core/index.js';
import { linkLabel, loopsOfLinks } from './drawing.js';
import type { DrawOptions } from './drawing.js';
import type { Link } from './link.js';
import type { Topology } from './topology.js';

/** Draws a topology as a Mermaid flowchart: returning links are dotted, loops numbered. */
export function drawMermaid(topology: Topology, options: DrawOptions): string {
  const names = new Map([...topology.members.keys()].map((id, i) => [id, `a${i}`]));
  const numbers = loopsOfLinks(topology);
  const title =
    options.title === undefined ? [] : ['---', `title: ${JSON.stringify(options.title)}`, '---'];
  const nodes = [...names].map(([id, node]) => `  ${node}["${nodeText(id, options)}"]`);
  const arrows = topology.links.map((link, index) => {
    const [from, to] = [names.get(link.from.agent), names.get(link.to.agent)];
    const shaft = link.way === 'returns' ? '-.->' : '-->';
    return `  ${from} ${shaft}|"${linkText(link, numbers.get(index), options.sampleRate)}"| ${to}`;
  });
  return [...title, 'flowchart LR', ...nodes, ...arrows, ''].join('\n');
}

function nodeText(id: AgentId, { labels }: DrawOptions): string {
  const label = labels?.get(id);
  return escaped(id) + (label === undefined ? '' : `<br/>${escaped(label)}`);
}

function linkText(link: Link, loops: readonly number[] | undefined, sampleRate: number): string {
  const ports =
    link.from.port === link.to.port ? link.to.port : `${link.from.port} › ${link.to.port}`;
  const number = loops === undefined ? '' : `(${loops.join(' ')})`;
  return escaped([ports, linkLabel(link, sampleRate), number].filter(Boolean).join(' '));
}

function escaped(text: string): string {
  return text.replace(/[&"<>#]/g, (char) => `#${char.charCodeAt(0)};`);
}
