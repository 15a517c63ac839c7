import type { CorpusFile, JournalRecord, RunArchive, RunRecord } from '../archive/index.js';
import type { Scenario } from '../scenarios/index.js';
import { corpusOf, identityOf } from '../swarm/index.js';

/** Something that is known before a replay begins. */
export interface Foreseen {
  readonly about: 'project' | 'corpus' | 'machine' | 'journal' | 'bus' | 'agents';
  readonly says: string;
  /** Whether the bytes may come out otherwise because of it. */
  readonly risk: boolean;
}

/** What may keep a replay from giving the same bytes, said before it begins. */
export async function foresee(run: RunArchive, scenario: Scenario): Promise<readonly Foreseen[]> {
  return [
    ...busNotes(run.record),
    ...journalNotes(run.ownRecords()),
    ...machineNotes(run.record, scenario),
    ...corpusNotes(run.record.corpus, await corpusOf(scenario)),
    ...agentNotes(scenario),
  ];
}

function risk(about: Foreseen['about'], says: string): Foreseen {
  return { about, says, risk: true };
}

function busNotes({ exact, inexact, bus }: RunRecord): Foreseen[] {
  if (exact) return [];
  return [risk('bus', `the run was not exact (${bus} bus): ${inexact ?? 'it does not say why'}`)];
}

const REPEATABLE_HAPPENINGS = new Set(['failed', 'scrubbed', 'renewed']);

function journalNotes(records: Iterable<JournalRecord>): Foreseen[] {
  const counts = new Map<string, number>();
  const count = (what: string): unknown => counts.set(what, (counts.get(what) ?? 0) + 1);
  for (const record of records) {
    if (record.type === 'happened' && !REPEATABLE_HAPPENINGS.has(record.what)) {
      count(record.agent === undefined ? record.what : `${record.agent} ${record.what}`);
    }
    if (record.type === 'dropped' && ['crash', 'down', 'lost', 'shelved'].includes(record.reason)) {
      count(`dropped because of ${record.reason}`);
    }
  }
  return [...counts].map(([what, times]) => {
    const often = times === 1 ? 'once' : `${times} times`;
    return risk('journal', `${what}, ${often}: nothing makes that happen again`);
  });
}

const MADE_OF: Readonly<Record<string, string>> = {
  demiurge: 'Demiurge',
  node: 'Node',
  machine: 'the kind of machine',
  cpu: 'the processor',
  onnxruntime: 'ONNX Runtime',
  index: 'the index of units',
};

/** The indices find the same units bit for bit; the rest may compute otherwise. */
const HARMLESS = new Set(['index', 'demiurge']);

function machineNotes({ versions }: RunRecord, scenario: Scenario): Foreseen[] {
  return Object.entries(identityOf(scenario)).flatMap(([name, now]): Foreseen[] => {
    const then = versions[name];
    if (then === undefined || then === now) return [];
    const says = `${MADE_OF[name] ?? name} was ${then} and is ${now}`;
    return [{ about: 'machine', says, risk: !HARMLESS.has(name) }];
  });
}

function corpusNotes(then: RunRecord['corpus'], now: readonly CorpusFile[]): Foreseen[] {
  if (then === undefined) {
    if (now.length === 0) return [];
    const says = 'the run does not say which recordings it had; those of today are played';
    return [risk('corpus', says)];
  }
  const [before, after] = [then, now].map((files) => new Map(files.map((f) => [f.path, f])));
  const gone = then.filter(({ path }) => after?.has(path) !== true);
  const added = now.filter(({ path }) => before?.has(path) !== true);
  const changed = then.filter((file) => {
    const today = after?.get(file.path);
    return today !== undefined && !same(file, today);
  });
  return [
    ...corpusNote('is gone', 'are gone', gone),
    ...corpusNote('is new', 'are new', added),
    ...corpusNote('has changed', 'have changed', changed),
  ];
}

function same(a: CorpusFile, b: CorpusFile): boolean {
  if (a.hash !== undefined && b.hash !== undefined) return a.hash === b.hash;
  return a.bytes === b.bytes && a.changedAt === b.changedAt;
}

function corpusNote(one: string, many: string, files: readonly CorpusFile[]): Foreseen[] {
  const [first] = files;
  if (first === undefined) return [];
  if (files.length === 1) return [risk('corpus', `${first.path} ${one}`)];
  const rest = files.length - 1;
  return [risk('corpus', `${first.path} and ${rest} more recordings ${many}`)];
}

function agentNotes({ cast }: Scenario): Foreseen[] {
  const own = cast.filter(({ kindFile }) => kindFile !== undefined).map(({ id }) => id);
  if (own.length === 0) return [];
  const says = `${own.join(', ')}: kinds of one's own, exact only if they draw on context alone`;
  return [{ about: 'agents', says, risk: false }];
}
