import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { defineAgent } from '../../src/agents/index.js';
import type { AnyAgentKind } from '../../src/agents/index.js';
import { port } from '../../src/core/index.js';
import { loadScenario, report } from '../../src/scenarios/index.js';
import type { LoadOptions, Loaded, Scenario } from '../../src/scenarios/index.js';

const still = { start: () => 0, receive: () => ({ state: 0, emit: [] }) };

const source = defineAgent({
  ...still,
  kind: 'source',
  summary: 'Says audio.',
  params: z.object({
    folder: z.string().optional().describe('a folder'),
    gain: z.number().min(0).max(2).default(1).describe('linear gain'),
    mood: z.enum(['calm', 'wild']).default('calm').describe('how it sounds'),
  }),
  paths: ['folder'],
  inputs: {},
  outputs: { audio: port.audio('sound') },
});

const echo = defineAgent({
  ...still,
  kind: 'echo',
  summary: 'Hears audio and says it.',
  params: z.object({}),
  inputs: { audio: port.audio('sound'), control: port.control('gain') },
  outputs: { audio: port.audio('sound') },
});

const analyst = defineAgent({
  ...still,
  kind: 'analyst',
  summary: 'Describes audio.',
  params: z.object({}),
  inputs: { audio: port.audio('sound') },
  outputs: { descriptors: port.descriptors('frames') },
});

const dreamer = defineAgent({
  ...still,
  kind: 'dreamer',
  summary: 'Needs a vocoder and may have a sequencer.',
  isolation: 'process',
  params: z.object({ model: z.string().optional(), muse: z.string().optional() }),
  roles: { model: { families: ['vocoder'] }, muse: { families: ['lstm'], optional: true } },
  inputs: { mel: port.mel('mel') },
  outputs: { audio: port.audio('sound') },
});

/** Small kinds that stand for the real ones wherever it does not matter what they do. */
export const KINDS: ReadonlyMap<string, AnyAgentKind> = new Map(
  ([source, echo, analyst, dreamer] as readonly AnyAgentKind[]).map((kind) => [kind.kind, kind]),
);

/** A project folder of its own, gone after use. */
export class Desk implements Disposable {
  /** Real path of the folder that holds package.json. */
  readonly folder: string = realpathSync(mkdtempSync(join(tmpdir(), 'scenario-')));

  constructor() {
    this.put('package.json', '{"type":"module"}');
  }

  /** Writes a file and returns its absolute path. */
  put(name: string, text: string | Uint8Array): string {
    const path = join(this.folder, name);
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
    return path;
  }

  /** Writes a scenario and loads it. */
  load(text: string, options: LoadOptions = {}): Promise<Loaded> {
    return this.open('piece.yaml', text, options);
  }

  /** Writes a scenario under a name of its own and loads it. */
  open(name: string, text: string, options: LoadOptions = {}): Promise<Loaded> {
    const registry = join(this.folder, 'runs');
    return loadScenario(this.put(name, text), { kinds: KINDS, seed: 1, registry, ...options });
  }

  /** Loads what must be sound. */
  async sound(text: string, options: LoadOptions = {}): Promise<Scenario> {
    const loaded = await this.load(text, options);
    if (loaded.ok) return loaded.value;
    throw new Error(report(loaded.problems, { from: this.folder }));
  }

  /** What is reported of a scenario that must not be sound. */
  async reported(text: string, options: LoadOptions = {}): Promise<string> {
    const loaded = await this.load(text, options);
    if (loaded.ok) throw new Error('a bad scenario was loaded');
    return report(loaded.problems, { from: this.folder });
  }

  [Symbol.dispose](): void {
    rmSync(this.folder, { recursive: true });
  }
}
