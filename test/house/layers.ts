import type { Breach, Source } from './source.js';
import { breachAt } from './source.js';
import type { Import } from './imports.js';
import { importsOf, targetOf } from './imports.js';

const RANKS: Readonly<Record<string, number>> = {
  core: 0,
  audio: 1,
  bus: 1,
  models: 1,
  measures: 1,
  memory: 1,
  telemetry: 1,
  topologies: 1,
  agents: 2,
  training: 2,
  archive: 2,
  drift: 3,
  scenarios: 3,
  swarm: 4,
  atlas: 5,
  replay: 5,
  site: 5,
  testing: 5,
  bench: 5,
  cli: 6,
  tui: 6,
  door: 6,
};

/** Packages that are native or speak to the network, and the one file each may live in. */
const GUARDED: ReadonlyMap<string, RegExp> = new Map([
  ['nats', /^src\/bus\/nats-[a-z-]+\.ts$/],
  ['onnxruntime-node', /^src\/models\/([a-z-]+\/)?onnx-runtime\.ts$/],
  ['faiss-node', /^src\/memory\/([a-z-]+\/)?faiss-index\.ts$/],
  ['@photostructure/sqlite', /^src\/archive\/([a-z-]+\/)?sqlite\.ts$/],
  ['@tensorflow/tfjs-node-gpu', /^src\/models\/([a-z-]+\/)?tensorflow-engine\.ts$/],
  ['@tensorflow/tfjs-node', /^src\/models\/([a-z-]+\/)?tensorflow-engine\.ts$/],
]);

/** The room of a file: its folder under src, `tui`, or `door` for src/index.ts. */
export function roomOf(path: string): string {
  const [first, second] = path.split('/');
  if (first === 'tui' || first === 'bench') return first;
  return second === 'index.ts' ? 'door' : (second ?? '');
}

/** Imports that climb, cross to a neighbour, or enter another room by a window. */
export function layerBreaches(source: Source): readonly Breach[] {
  return importsOf(source).flatMap((one) => [
    ...roomBreaches(source, one),
    ...guardBreaches(source, one),
  ]);
}

function roomBreaches(source: Source, one: Import): readonly Breach[] {
  const target = targetOf(source.path, one.specifier);
  if (target === undefined) return [];
  const [here, there] = [roomOf(source.path), roomOf(target)];
  if (RANKS[here] === undefined) {
    return [breachAt(source, 0, `there is no room "${here}"`, 'Use a room of DESIGN §8')];
  }
  if (here === there) return [];
  return climbs(source, one, here, there) ?? windows(source, one, target, there) ?? [];
}

function climbs(source: Source, one: Import, here: string, there: string): Breach[] | undefined {
  const [low, high] = [RANKS[there], RANKS[here] as number];
  if (low !== undefined && low < high) return undefined;
  const says = `${here} (rank ${high}) imports ${there} (rank ${low ?? 'none'})`;
  const remedy = 'Imports go downward only: move what is shared to a lower room, or pass it in';
  return [breachAt(source, one.start, says, remedy)];
}

function windows(source: Source, one: Import, target: string, there: string): Breach[] | undefined {
  if (target === `src/${there}/index.ts` || there === 'bench') return undefined;
  const says = `"${one.specifier}" enters ${there} by a window`;
  return [breachAt(source, one.start, says, `Import it from src/${there}/index.js`)];
}

function guardBreaches(source: Source, one: Import): readonly Breach[] {
  const home = GUARDED.get(one.specifier);
  if (home === undefined || roomOf(source.path) === 'bench') return [];
  if (home.test(source.path) && (one.dynamic || one.typeOnly)) return [];
  const remedy = home.test(source.path)
    ? 'Load it lazily with await import(), so that nobody pays who does not use it'
    : `Only ${home.source.replaceAll('\\', '')} may touch it: use that room's door`;
  return [
    breachAt(source, one.start, `the guarded package "${one.specifier}" is imported`, remedy),
  ];
}

/** Every import cycle, types included, once each, at its first file in the alphabet. */
export function cycleBreaches(sources: readonly Source[]): readonly Breach[] {
  const graph = new Map(sources.map((source) => [source.path, neighboursOf(source)]));
  const seen = new Map<string, Breach>();
  const done = new Set<string>();
  const visit = (path: string, trail: readonly string[]): void => {
    const back = trail.indexOf(path);
    if (back !== -1) return record(seen, trail.slice(back));
    if (done.has(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return [...seen.values()];
}

function neighboursOf(source: Source): readonly string[] {
  return importsOf(source)
    .filter((one) => !one.dynamic)
    .flatMap((one) => targetOf(source.path, one.specifier) ?? []);
}

function record(seen: Map<string, Breach>, cycle: readonly string[]): void {
  const path = cycle.toSorted()[0] as string;
  const from = cycle.indexOf(path);
  const turned = [...cycle.slice(from), ...cycle.slice(0, from), path];
  const says = `import cycle ${turned.join(' → ')}`;
  seen.set(says, { path, line: 1, says, remedy: 'Move what both need into a file of its own' });
}
