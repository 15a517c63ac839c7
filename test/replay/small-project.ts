import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { type RunArchive, openRun } from '../../src/archive/index.js';
import { encodeWav } from '../../src/audio/index.js';
import { seededRandom } from '../../src/core/index.js';
import { type Scenario, loadScenario } from '../../src/scenarios/index.js';
import { type RunOptions, runSwarm } from '../../src/swarm/index.js';

const RATE = 8000;

const SCENARIO = `title: Small
seed: 5
sampleRate: 8000
duration: 12s
use: [kinds/turn.mjs]
agents:
  past: { kind: corpus, folder: corpus, every: 2s, seconds: 0.2 }
  turn: { kind: turn }
  room: { scenario: parts/room.yaml }
  out:  { kind: recorder }
links:
  - past.audio -> turn.in
  - turn.out   -> room.audio
  - room.audio -> out.audio
  - room.audio ~> turn.in: { delay: 700ms, gain: 0.5, laps: 3 }
`;

const ROOM = `title: Room
seed: 1
agents:
  wall: { kind: guard }
links: []
expose: { inputs: { audio: wall.audio }, outputs: { audio: wall.audio } }
`;

/** A kind of one's own that plays what it hears backwards, from `from` on softer. */
export function turnKind({ kind = 'turn', from = Number.MAX_SAFE_INTEGER } = {}): string {
  return `import { z } from 'zod';
import { scale } from './scale.mjs';
const turned = (c, by) => c.toReversed().map((v) => v * by);
const backwards = (x, by) => ({ ...x, channels: x.channels.map((c) => turned(c, by)) });
export default {
  kind: '${kind}', summary: 'backwards', params: z.object({}),
  inputs: { in: { carries: 'audio', doc: 'any' } },
  outputs: { out: { carries: 'audio', doc: 'the same, backwards' } },
  start: () => 0,
  receive: (heard, { signal }) => ({
    state: heard + 1,
    emit: [{ port: 'out', signal: backwards(signal, heard >= ${from} ? scale / 2 : scale) }],
  }),
};
`;
}

/** A project in a folder of its own, with two recordings, a kind and a nested scenario. */
export interface SmallProject {
  /** The folder that holds the project and its runs. */
  readonly home: string;
  readonly root: string;
  readonly scenario: string;
  write(path: string, content: string | Uint8Array): void;
  /** Runs the scenario into a folder of \`home\` and opens what it left. */
  run(name: string, options?: Partial<RunOptions>): Promise<RunArchive>;
  remove(): void;
}

/** Lays the project out. */
export function smallProject(): SmallProject {
  const home = realpathSync(mkdtempSync(join(tmpdir(), 'demiurge-replayed-')));
  const root = join(home, 'project');
  const write = (path: string, content: string | Uint8Array): void => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), content);
  };
  write('package.json', '{ "name": "small", "type": "module" }');
  write('small.yaml', SCENARIO);
  write('parts/room.yaml', ROOM);
  write('kinds/turn.mjs', turnKind());
  write('kinds/scale.mjs', 'export const scale = 0.75;\n');
  for (const seed of [1, 2]) write(`corpus/take${seed}.wav`, noise(seed, 2));
  symlinkSync(resolve('node_modules'), join(root, 'node_modules'));
  const scenario = join(root, 'small.yaml');
  const run: SmallProject['run'] = async (name, options = {}) => {
    await runSwarm(await loaded(scenario), { outFolder: join(home, name), ...options });
    return openRun(join(home, name));
  };
  const remove = (): void => rmSync(home, { recursive: true, force: true });
  return { home, root, scenario, write, run, remove };
}

/** A WAV of noise that a seed determines. */
export function noise(seed: number, seconds: number): Uint8Array {
  const random = seededRandom(seed, 'noise');
  const samples = Float32Array.from({ length: seconds * RATE }, () => 0.2 * random.normal());
  return encodeWav({ sampleRate: RATE, channels: [samples] });
}

/** A scenario that is sound. */
export async function loaded(file: string): Promise<Scenario> {
  const result = await loadScenario(file);
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.value;
}
