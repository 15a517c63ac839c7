import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { bar, levelShare, shortCount } from './figures.js';
import type { Look } from './look.js';
import type { AgentRow, ProgressRecord } from './record.js';

const HEADINGS = ['heard', 'said', 'drop', 'again', 'cpu s'];
const FIGURE_WIDTH = 7;
const KIND_WIDTH = 11;
const NAME_WIDTH_MIN = 12;
const NAME_WIDTH_MAX = 24;

interface TableProps {
  readonly progress: ProgressRecord;
  readonly look: Look;
  /** Lines there are room for, the heading included. */
  readonly rows: number;
}

/** One line per agent: what it heard, said, lost, how often it began again, and how loud it is. */
export function AgentTable({ progress, look, rows }: TableProps): ReactElement {
  const room = Math.max(1, rows - 1);
  const { agents, peaksDb } = progress;
  const shown = agents.length <= room ? agents : agents.slice(0, room - 1);
  const hidden = agents.length - shown.length;
  return (
    <Box flexDirection="column">
      <Row name="agent" kind="kind" figures={HEADINGS} tail="level" look={look} dim />
      {shown.map((agent) => (
        <AgentLine key={agent.id} agent={agent} peakDb={peaksDb[agent.id]} look={look} />
      ))}
      {hidden > 0 ? <Text dimColor>{`and ${hidden} more`}</Text> : null}
    </Box>
  );
}

function AgentLine(props: {
  agent: AgentRow;
  peakDb: number | undefined;
  look: Look;
}): ReactElement {
  const { agent, peakDb, look } = props;
  const figures = [
    shortCount(agent.received),
    shortCount(agent.emitted),
    shortCount(agent.dropped),
    shortCount(agent.restarts),
    agent.computeSeconds.toFixed(1),
  ];
  const width = Math.min(24, look.columns - nameWidth(look) - KIND_WIDTH - 5 * FIGURE_WIDTH - 2);
  const level = peakDb === undefined ? '' : bar(levelShare(peakDb), width, look.cells);
  const tail = agent.health === 'up' ? level : agent.health;
  return <Row name={agent.id} kind={agent.kind} figures={figures} tail={tail} look={look} />;
}

interface RowProps {
  readonly name: string;
  readonly kind: string;
  readonly figures: readonly string[];
  readonly tail: string;
  readonly look: Look;
  readonly dim?: boolean;
}

/** Each cell is a text of its own: Ink keeps every text it ever measured, and short ones repeat. */
function Row({ name, kind, figures, tail, look, dim = false }: RowProps): ReactElement {
  return (
    <Box>
      <Cell text={name} width={nameWidth(look)} dim={dim} />
      <Cell text={kind} width={KIND_WIDTH} dim />
      {figures.map((figure, i) => (
        <Cell key={i} text={figure.padStart(FIGURE_WIDTH - 1)} width={FIGURE_WIDTH} dim={dim} />
      ))}
      <Text dimColor={dim} wrap="truncate" {...(dim ? {} : look.accent)}>
        {` ${tail}`}
      </Text>
    </Box>
  );
}

function Cell({ text, width, dim }: { text: string; width: number; dim: boolean }): ReactElement {
  return (
    <Box width={width} flexShrink={0}>
      <Text dimColor={dim} wrap="truncate">
        {text}
      </Text>
    </Box>
  );
}

function nameWidth({ columns }: Look): number {
  return Math.min(NAME_WIDTH_MAX, Math.max(NAME_WIDTH_MIN, Math.floor(columns / 6)));
}
