import { liveSockets, openSocketLine } from '../../telemetry/index.js';
import type { TelemetryRecord } from '../../telemetry/index.js';
import { columns, say, sayJson } from '../output.js';
import { oneLook } from './one-look.js';

const PATIENCE_MS = 1200;

/** Lists the runs that play on this machine, the newest first, with what they play. */
export async function listRuns(json: boolean): Promise<void> {
  const places = await liveSockets();
  const runs = await Promise.all(places.map(({ run, path }) => describe(run, path)));
  if (json) return sayJson({ v: 1, runs });
  if (runs.length === 0) return say('nothing plays on this machine');
  const rows = runs.map(({ run, title, clock, pid, folder }) => [
    run,
    title,
    clock,
    `pid ${pid}`,
    folder,
  ]);
  say(columns(rows));
}

interface Listed {
  readonly run: string;
  readonly title: string;
  readonly clock: string;
  readonly pid: string;
  readonly folder: string;
}

async function describe(run: string, path: string): Promise<Listed> {
  const records = await oneLook({
    run,
    address: path,
    flags: [],
    patienceMs: PATIENCE_MS,
    open: (hearer) => openSocketLine(path, hearer),
    close: async () => {},
  }).catch((): readonly TelemetryRecord[] => []);
  const scene = records.find((record) => record.type === 'scene');
  if (scene === undefined) return { run, title: '?', clock: '?', pid: '?', folder: '?' };
  const { title, clock, folder, pid } = scene;
  return { run, title, clock, folder, pid: String(pid) };
}
