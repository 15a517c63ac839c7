import { Box, Text } from 'ink';
import type { ReactElement } from 'react';
import { AgentTable } from './agent-table.js';
import { bar, clockTime } from './figures.js';
import type { Look } from './look.js';
import type { Picture } from './picture.js';
import type { ProgressRecord, Scene } from './record.js';

const COLUMNS_MIN = 60;
const ROWS_MIN = 10;
/** Heading, figures, a gap, the table's heading and three notes. */
const FRAME_ROWS = 7;

/** The whole screen for a picture: text only, no input, no timers. */
export function Screen({ picture, look }: { picture: Picture; look: Look }): ReactElement {
  const { scene, progress, notes } = picture;
  if (scene === undefined || progress === undefined) return <Text dimColor>tuning…</Text>;
  const { columns, rows } = look;
  if (columns < COLUMNS_MIN || rows < ROWS_MIN) {
    return <Text wrap="truncate">{timeOf(scene, progress)}</Text>;
  }
  // Ink clears the whole terminal for a frame as tall as it is, so one row stays free.
  const room = rows - 1 - FRAME_ROWS;
  const height = Math.min(rows - 1, FRAME_ROWS + progress.agents.length);
  return (
    <Box flexDirection="column" width={columns} height={height} overflow="hidden">
      <Heading scene={scene} look={look} />
      <Figures scene={scene} progress={progress} look={look} />
      <Box height={1} />
      <AgentTable progress={progress} look={look} rows={room + 1} />
      {notes.map((note, i) => (
        <Text key={i} wrap="truncate" dimColor>
          {note}
        </Text>
      ))}
    </Box>
  );
}

function Heading({ scene, look }: { scene: Scene; look: Look }): ReactElement {
  return (
    <Box justifyContent="space-between">
      <Text bold wrap="truncate" {...look.accent}>
        {scene.title}
      </Text>
      <Text dimColor>{` ${scene.clock} · seed ${scene.seed} · ${scene.run}`}</Text>
    </Box>
  );
}

function Figures(props: { scene: Scene; progress: ProgressRecord; look: Look }): ReactElement {
  const { scene, progress, look } = props;
  const share = progress.seconds / (scene.durationSeconds ?? Number.POSITIVE_INFINITY);
  const late = progress.lagSeconds >= 0.1;
  return (
    <Box gap={2}>
      <Text>{timeOf(scene, progress)}</Text>
      {scene.durationSeconds === undefined ? null : <Text>{bar(share, 20, look.cells)}</Text>}
      <Text>{`×${pace(progress)}`}</Text>
      <Text>{`laps ${progress.lapsMax}`}</Text>
      <Text>{`dropped ${progress.dropped}`}</Text>
      {late ? <Text {...look.warning}>{`late ${progress.lagSeconds.toFixed(1)} s`}</Text> : null}
    </Box>
  );
}

function timeOf(scene: Scene, { seconds }: ProgressRecord): string {
  const end = scene.durationSeconds;
  return end === undefined ? clockTime(seconds) : `${clockTime(seconds)} / ${clockTime(end)}`;
}

/** Seconds of music per second of waiting. */
function pace({ seconds, wallSeconds }: ProgressRecord): string {
  return wallSeconds > 0 ? (seconds / wallSeconds).toFixed(1) : '–';
}
