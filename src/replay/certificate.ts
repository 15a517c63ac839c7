import { createHash } from 'node:crypto';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { type JournalRecord, type RunArchive, hashOf } from '../archive/index.js';
import { wavInfo } from '../audio/index.js';
import type { AgentId, Samples } from '../core/index.js';
import { hashOfFile } from '../swarm/index.js';
import { agentOf, isRepeating } from './repeating.js';

/** What one agent said, as one hash: SHA-256 over the hash before and the next record. */
export interface AgentChain {
  readonly said: number;
  readonly lapsMax: number;
  readonly chain: string;
}

/** A sound file of a run and its SHA-256. */
export interface SoundMark {
  readonly file: string;
  readonly seconds: number;
  readonly hash: string;
}

/** A run in hashes: two that have the same certificate said the same, byte for byte. */
export interface Certificate {
  readonly format: 1;
  readonly run: string;
  readonly title: string;
  readonly seed: number;
  /** SHA-256 of the scenario's text. */
  readonly scenario: string;
  readonly sampleRate: number;
  /** Logical time of the last record, in samples; −1 for an empty journal. */
  readonly lastTime: Samples;
  readonly exact: boolean;
  readonly versions: Readonly<Record<string, string>>;
  readonly models: readonly {
    readonly role: string;
    readonly run: string;
    readonly hash: string;
  }[];
  readonly journal: {
    /** Records that repeat. */
    readonly entries: number;
    /** SHA-256 over their lines: that of `summary.json`, where no checkpoints were taken. */
    readonly digest: string;
  };
  readonly agents: Readonly<Record<AgentId, AgentChain>>;
  readonly audio: readonly SoundMark[];
}

/** Draws up chains and digest, record after record. */
export class Certifier {
  readonly #digest = createHash('sha256');
  readonly #agents = new Map<AgentId, { said: number; lapsMax: number; chain: string }>();
  #entries = 0;
  #lastTime: Samples = -1;

  /** Hears the next record of a journal. */
  hear(record: JournalRecord): void {
    if (!isRepeating(record)) return;
    const line = JSON.stringify(record);
    this.#entries++;
    this.#lastTime = Math.max(this.#lastTime, record.time);
    this.#digest.update(`${line}\n`);
    if (record.type !== 'said') return;
    const agent = agentOf(record);
    const before = this.#agents.get(agent) ?? { said: 0, lapsMax: 0, chain: '' };
    const lapsMax = Math.max(before.lapsMax, record.lap);
    const chain = hashOf(`${before.chain}${line}`);
    this.#agents.set(agent, { said: before.said + 1, lapsMax, chain });
  }

  /** What has been heard so far. */
  sum(): Pick<Certificate, 'journal' | 'agents' | 'lastTime'> {
    const journal = { entries: this.#entries, digest: this.#digest.copy().digest('hex') };
    const agents = Object.fromEntries([...this.#agents].sort(([a], [b]) => (a < b ? -1 : 1)));
    return { journal, agents, lastTime: this.#lastTime };
  }
}

/** The certificate of a run as it lies in its folder. */
export async function certificateOf(run: RunArchive): Promise<Certificate> {
  const certifier = new Certifier();
  for (const record of run.records()) certifier.hear(record);
  const { record } = run;
  return {
    format: 1,
    run: record.run,
    title: record.title,
    seed: record.seed,
    scenario: record.scenario.hash,
    sampleRate: record.sampleRate,
    exact: record.exact,
    versions: record.versions,
    models: record.models.map(({ role, run: id, hash }) => ({ role, run: id, hash })),
    ...certifier.sum(),
    audio: await soundsOf(run.folder),
  };
}

/** What two certificates differ in: agents, `journal`, sound files, what they are made of. */
export function certificatesApart(a: Certificate, b: Certificate): readonly string[] {
  const agents = new Set([...Object.keys(a.agents), ...Object.keys(b.agents)]);
  const chains = [...agents].filter((id) => a.agents[id]?.chain !== b.agents[id]?.chain);
  const hashes = (one: Certificate): Map<string, string> =>
    new Map(one.audio.map(({ file, hash }) => [file, hash]));
  const [left, right] = [hashes(a), hashes(b)];
  const files = new Set([...left.keys(), ...right.keys()]);
  return [
    ...(a.scenario === b.scenario ? [] : ['scenario']),
    ...(a.seed === b.seed ? [] : ['seed']),
    ...(JSON.stringify(a.models) === JSON.stringify(b.models) ? [] : ['models']),
    ...chains.map((id) => `agent ${id}`),
    ...(a.journal.digest === b.journal.digest ? [] : ['journal']),
    ...[...files].filter((file) => left.get(file) !== right.get(file)),
  ];
}

async function soundsOf(folder: string): Promise<SoundMark[]> {
  const marks: SoundMark[] = [];
  for (const name of soundFilesIn(folder)) {
    const path = join(folder, 'audio', name);
    const { frames, sampleRate } = wavInfo(path);
    const hash = await hashOfFile(path);
    marks.push({ file: `audio/${name}`, seconds: frames / sampleRate, hash });
  }
  return marks;
}

/** The names of a run's sound files, sorted. */
export function soundFilesIn(folder: string): readonly string[] {
  const audio = join(folder, 'audio');
  if (!existsSync(audio)) return [];
  return readdirSync(audio)
    .filter((name) => name.endsWith('.wav'))
    .sort();
}
