import type { RunIndex } from '../index-db/run-index.js';
import type { RunOrigin, RunRecord } from '../run-record.js';
import { corpusHash } from './corpus-hash.js';
import type { Kinship } from './kinship.js';
import { type Relative, relativeOf } from './relative.js';

type Attributes = Readonly<Record<string, unknown>>;
type Statements = Record<string, Attributes>;

/** A document of W3C PROV-JSON: statements by their kind, then by their name. */
export interface ProvDocument {
  readonly prefix: Readonly<Record<string, string>>;
  readonly entity: Readonly<Statements>;
  readonly activity: Readonly<Statements>;
  readonly agent: Readonly<Statements>;
  readonly wasGeneratedBy: Readonly<Statements>;
  readonly used: Readonly<Statements>;
  readonly wasDerivedFrom: Readonly<Statements>;
  readonly wasAssociatedWith: Readonly<Statements>;
}

/**
 * Kin as W3C PROV-JSON (https://www.w3.org/submissions/prov-json/): envelopes, recordings and
 * models are entities, an agent's step (what it says at one time of the same parents) is an
 * activity, agents are software agents. Controls are activities: what a hand did on the way.
 */
export function provJson(index: RunIndex, kinship: Kinship): ProvDocument {
  const draft = new ProvDraft(index);
  for (const n of kinship.members) draft.add(relativeOf(index, n));
  for (const { time, id, control } of kinship.controls) draft.control(time, id, control);
  return draft.document();
}

class ProvDraft {
  readonly #record: RunRecord;
  readonly #sampleRate: number;
  readonly #clockStart: string | undefined;
  readonly #prefix: Readonly<Record<string, string>>;
  readonly #entity: Statements = {};
  readonly #activity: Statements = {};
  readonly #agent: Statements = {};
  readonly #relations: Record<Relation, Statements> = {
    wasGeneratedBy: {},
    used: {},
    wasDerivedFrom: {},
    wasAssociatedWith: {},
  };
  readonly #steps = new Map<string, string>();
  readonly #uses = new Set<string>();
  #count = 0;

  constructor({ run: { record } }: RunIndex) {
    this.#record = record;
    this.#sampleRate = record.sampleRate;
    this.#clockStart = record.clock === 'real' ? record.startedAt : undefined;
    this.#entity[`run:${record.run}`] = {
      ...RUN,
      'demiurge:title': record.title,
      'demiurge:seed': record.seed,
      'demiurge:startedAt': record.startedAt,
      'demiurge:sampleRate': record.sampleRate,
      'demiurge:exact': record.exact,
    };
    if (record.origin !== undefined) this.#comes(record.origin);
    this.#prefix = {
      demiurge: 'urn:demiurge:terms:',
      run: 'urn:demiurge:run:',
      env: `urn:demiurge:run:${record.run}:envelope:`,
      step: `urn:demiurge:run:${record.run}:step:`,
      part: `urn:demiurge:run:${record.run}:agent:`,
      control: `urn:demiurge:run:${record.run}:control:`,
      model: 'urn:demiurge:model:',
      file: 'urn:demiurge:file:',
    };
  }

  add(relative: Relative): void {
    const { id, agent, time, parents, models, origins } = relative;
    const entity = `env:${local(id)}`;
    const step = this.#stepOf(relative);
    this.#entity[entity] = this.#envelope(relative);
    this.#relate('wasGeneratedBy', { entity, activity: step, ...this.#wall(time, 'time') });
    for (const parent of parents) {
      const usedEntity = `env:${local(parent.id)}`;
      if (parent.missing) this.#entity[usedEntity] = { 'demiurge:missing': true };
      const lap = { 'demiurge:lapAsHeard': parent.lap };
      this.#derived(entity, usedEntity, step, lap);
    }
    for (const { run, hash } of models) {
      this.#entity[`model:${local(run)}`] = { ...MODEL, 'demiurge:sha256': hash };
      this.#use(step, `model:${local(run)}`);
    }
    for (const { file, sample } of origins) {
      this.#entity[`file:${local(file)}`] ??= recordingOf(file, this.#record);
      this.#derived(entity, `file:${local(file)}`, step, { 'demiurge:sample': sample });
    }
    this.#agent[`part:${local(agent)}`] ??= partOf(relative);
  }

  control(time: number, id: number, control: object): void {
    const said = Object.entries(control).map(([name, value]) => [`demiurge:${name}`, value]);
    const attributes = { 'demiurge:time': time, ...Object.fromEntries(said) };
    this.#activity[`control:${id}`] = { ...CONTROL, ...attributes, ...this.#walls(time) };
  }

  document(): ProvDocument {
    const nodes = { entity: this.#entity, activity: this.#activity, agent: this.#agent };
    return { prefix: this.#prefix, ...nodes, ...this.#relations };
  }

  #envelope({ time, lengthSamples, port, carries, lap, hash }: Relative): Attributes {
    return {
      'prov:type': { $: `demiurge:${carries}`, type: 'prov:QUALIFIED_NAME' },
      'demiurge:time': time,
      'demiurge:seconds': time / this.#sampleRate,
      'demiurge:lengthSamples': lengthSamples,
      'demiurge:port': port,
      'demiurge:lap': lap,
      ...(hash === undefined ? {} : { 'demiurge:sha256': hash }),
    };
  }

  #comes({ how, run, at }: RunOrigin): void {
    const ends = { generatedEntity: `run:${this.#record.run}`, usedEntity: `run:${run}` };
    this.#entity[ends.usedEntity] = RUN;
    this.#relate('wasDerivedFrom', ends, { 'demiurge:how': how, 'demiurge:time': at });
  }

  /** A step says everything that one agent says at one time of the same parents. */
  #stepOf({ id, agent, time, parents }: Relative): string {
    const key = [agent, time, ...parents.map((parent) => parent.id)].join(' ');
    const known = this.#steps.get(key);
    if (known !== undefined) return known;
    const step = `step:${local(id)}`;
    this.#steps.set(key, step);
    this.#activity[step] = { ...STEP, 'demiurge:time': time, ...this.#walls(time) };
    this.#relate('wasAssociatedWith', { activity: step, agent: `part:${local(agent)}` });
    return step;
  }

  #derived(generatedEntity: string, usedEntity: string, activity: string, more: object): void {
    const relation = { generatedEntity, usedEntity, activity };
    this.#relate('wasDerivedFrom', relation, more);
    this.#use(activity, usedEntity);
  }

  /** Once for each step and what it used, whatever else it said of it. */
  #use(activity: string, entity: string): void {
    const key = `${activity} ${entity}`;
    if (this.#uses.has(key)) return;
    this.#uses.add(key);
    this.#relate('used', { activity, entity });
  }

  #relate(relation: Relation, ends: object, more: object = {}): void {
    const named = Object.entries(ends).map(([name, value]) => [`prov:${name}`, value]);
    const statement = { ...Object.fromEntries(named), ...more };
    this.#relations[relation][`_:r${++this.#count}`] = statement;
  }

  /** Wall time exists only for what was played on the real clock. */
  #wall(time: number, name: string): Attributes {
    if (this.#clockStart === undefined) return {};
    const start = Date.parse(this.#clockStart);
    return { [name]: new Date(start + (time / this.#sampleRate) * 1000).toISOString() };
  }

  #walls(time: number): Attributes {
    return { ...this.#wall(time, 'prov:startTime'), ...this.#wall(time, 'prov:endTime') };
  }
}

type Relation = 'wasGeneratedBy' | 'used' | 'wasDerivedFrom' | 'wasAssociatedWith';

const typed = (type: string): Attributes => ({
  'prov:type': { $: type, type: 'prov:QUALIFIED_NAME' },
});
const RUN = typed('demiurge:Run');
const MODEL = typed('demiurge:Model');
const FILE = typed('demiurge:Recording');
const STEP = typed('demiurge:Step');
const CONTROL = typed('demiurge:Control');

function recordingOf(file: string, record: RunRecord): Attributes {
  const hash = corpusHash(record, file);
  const known = hash === undefined ? {} : { 'demiurge:sha256': hash };
  return { ...FILE, 'prov:label': file, ...known };
}

function partOf({ agent, kind }: Relative): Attributes {
  const type = typed('prov:SoftwareAgent');
  return { ...type, 'prov:label': agent, ...(kind === undefined ? {} : { 'demiurge:kind': kind }) };
}

/** A name as the local part of a qualified name may be written: anything else as %hex. */
function local(name: string): string {
  const hex = (char: string): string =>
    [...Buffer.from(char)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
  return name.replace(/[^A-Za-z0-9._/-]/gu, hex);
}
