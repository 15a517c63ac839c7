import type { TelemetryRecord } from '../src/telemetry/index.js';
import { clockTime } from './figures.js';

type State = TelemetryRecord & { type: 'state' };

/** One plain page of what is known of a run, for pipes: no colour, no cursor, lines alone. */
export function plainPage(records: readonly TelemetryRecord[], ascii: boolean): string {
  const scene = records.findLast((record) => record.type === 'scene');
  const state = records.findLast((record) => record.type === 'state');
  const alerts = records.filter((record) => record.type === 'alert');
  const standing = alerts.filter(
    ({ id, over }, i) =>
      over === undefined && !alerts.slice(i + 1).some((later) => later.id === id),
  );
  const lines = [
    scene === undefined
      ? 'unknown'
      : `${scene.title}  run ${scene.run}  ${scene.clock} clock  seed ${scene.seed}`,
    ...(state === undefined ? ['not begun'] : stateLines(state)),
    ...standing.map(({ word, says, try: hint }) => `${word}  ${says}  Try: ${hint}`),
  ];
  const text = lines.map(plain).join('\n');
  return ascii ? text.replace(/[^\n -~]/g, '?') : text;
}

function stateLines({ seconds, lapsMax, dropped, agents }: State): readonly string[] {
  const rows = agents.map(
    ({ id, health, received, emitted, restarts }) =>
      `  ${id}  ${health.toUpperCase()}  heard ${received}  said ${emitted}  restarts ${restarts}`,
  );
  return [`${clockTime(seconds)}  laps ${lapsMax}  dropped ${dropped}`, ...rows];
}

function plain(line: string): string {
  // oxlint-disable-next-line no-control-regex
  return line.replace(/[\u0000-\u001f\u007f-\u009f]/g, '?');
}
