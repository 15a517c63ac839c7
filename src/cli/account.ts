import { join } from 'node:path';
import type { Summary } from '../swarm/index.js';
import { columns } from './output.js';

/** The account of a run for people: how it ended, who did what, what sounds, where it lies. */
export function accountOf(summary: Summary): string {
  return [headline(summary), agentTable(summary), circulation(summary), soundTable(summary)]
    .filter((part) => part !== '')
    .join('\n\n');
}

function headline(summary: Summary): string {
  const { title, run, reason, logicalSeconds, wallSeconds, realTimeFactor } = summary;
  const how = reason === 'asked' ? 'stopped when asked' : 'finished';
  const pace = `${logicalSeconds.toFixed(1)} s of music in ${wallSeconds.toFixed(1)} s`;
  return `${title} · run ${run} ${how}: ${pace} (×${realTimeFactor.toFixed(2)})`;
}

const HEADINGS = ['agent', 'kind', 'heard', 'said', 'dropped', 'restarts', 'cpu s'];

function agentTable({ agents }: Summary): string {
  const rows = agents.map(({ id, kind, received, emitted, dropped, restarts, computeSeconds }) => [
    id,
    kind,
    ...[received, emitted, dropped, restarts].map(String),
    computeSeconds.toFixed(1),
  ]);
  return columns([HEADINGS, ...rows]);
}

function circulation({ laps, links, bus, journal, models, generations }: Summary): string {
  const sum = (of: 'delivered' | 'dropped'): number =>
    links.reduce((total, link) => total + link[of], 0);
  const untrained = models.filter(({ trained }) => !trained).map(({ role }) => role);
  const rows = [
    ['laps', `${laps.max} at most`],
    ['links', `${sum('delivered')} delivered, ${sum('dropped')} dropped`],
    ['bus', `${bus.kind}, ${bus.reconnects} reconnects, ${bus.gaps} gaps`],
    ['journal', `${journal.entries} entries, digest ${journal.digest.slice(0, 16)}`],
    ...(untrained.length > 0 ? [['models', `untrained: ${untrained.join(', ')}`]] : []),
  ];
  return columns([...rows, ...generationRows(generations)]);
}

/** The last generations are enough for a screen; `summary.json` has more. */
const GENERATIONS_SHOWN = 8;

function generationRows({ offered, taken, latest }: Summary['generations']): string[][] {
  if (offered === 0) return [];
  const rows = latest.slice(-GENERATIONS_SHOWN).map(({ generation, run, by, takenBy, ...rest }) => {
    const players = takenBy.map(({ agent, said }) => `${agent} said ${said} with it`).join(', ');
    const when = `${rest.offeredSeconds.toFixed(1)} s`;
    return ['', `${generation} of ${by} at ${when}, run ${run}: ${players || 'not taken'}`];
  });
  return [['weights', `${offered} generations offered, ${taken} taken`], ...rows];
}

function soundTable({ audio, folder }: Summary): string {
  const rows = audio.map(({ file, seconds, peakDb, rmsDb, lufs }) => [
    join(folder, file),
    `${seconds.toFixed(1)} s`,
    peakDb === null ? 'silent' : `peak ${peakDb.toFixed(1)} dB, rms ${(rmsDb ?? 0).toFixed(1)} dB`,
    lufs === null ? '' : `${lufs.toFixed(1)} LUFS`,
  ]);
  return rows.length === 0 ? `no sound was recorded: see ${folder}` : columns(rows);
}
