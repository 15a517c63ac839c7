import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { isWavComplete } from '../../audio/index.js';
import { messageOf } from '../../core/index.js';
import { EMPTY_CHAIN } from '../chain.js';
import type { CheckpointRecord, JournalRecord } from '../journal.js';
import { type RunArchive, openRun } from '../open-run.js';
import { journalLines } from '../read-journal.js';
import { checkpointFile, readCheckpointText } from '../state/checkpoint-file.js';
import { thinnedHashes } from '../thinned.js';
import { type BlobDepth, checkBlobs } from './blob-check.js';
import { ChainCheck } from './chain-check.js';
import { FamilyCheck } from './family-check.js';
import type { Finding } from './finding.js';

/** How a run is verified. */
export interface VerifyOptions {
  /** `sample` by default: all are looked for, 256 of them are read. */
  readonly blobs?: BlobDepth;
}

interface Walked {
  readonly findings: Finding[];
  /** The first line that names each blob. */
  readonly named: Map<string, string>;
  entries: number;
  chain: string | undefined;
  end: string;
}

/**
 * Verifies a run's folder and lists all that is not as it was written: the journal's chain, its
 * history, blobs, checkpoints and sound files. A UserError when it is no run.
 */
export async function verifyRun(folder: string, options: VerifyOptions = {}): Promise<Finding[]> {
  const run = openRun(folder);
  const walked = walk(run);
  const { findings, named } = walked;
  const unbroken = findings.every(({ kind }) => kind !== 'torn' && kind !== 'chain');
  if (unbroken) findings.push(...checkEnd(run.folder, walked));
  for await (const one of checkBlobs(run, named, options.blobs ?? 'sample')) findings.push(one);
  return [...findings, ...checkSounds(join(run.folder, 'audio'))];
}

function walk(run: RunArchive): Walked {
  const journal = join(run.folder, 'journal');
  const walked: Walked = { findings: [], named: new Map(), entries: 0, chain: undefined, end: '' };
  const family = new FamilyCheck(run.record.only);
  for (const record of pastOf(run)) family.know(record);
  const thinned = thinnedHashes(run.folder);
  let closed = true;
  for (const line of new ChainCheck((after) => mayOpen(run, after)).lines(journal)) {
    const { where, record, chain, finding } = line;
    walked.end = where;
    walked.chain = chain ?? walked.chain;
    if (finding !== undefined) {
      closed = false;
      walked.findings.push(finding);
    }
    if (record === undefined) continue;
    walked.entries++;
    walked.findings.push(...family.check(record, where, closed));
    if (record.type === 'said' && record.hash !== undefined && !walked.named.has(record.hash)) {
      walked.named.set(record.hash, where);
    }
    if (record.type === 'checkpoint' && !thinned.has(record.hash)) {
      walked.findings.push(...checkCheckpoint(run, record, where));
    }
  }
  return walked;
}

/** What was said before a fork begins. */
function* pastOf({ base, record }: RunArchive): Generator<JournalRecord> {
  if (base === undefined) return;
  const at = record.origin?.at ?? 0;
  for (const past of base.records()) if (past.time < at) yield past;
}

/** A journal begins after nothing; a fork's may go on from a line of its base. */
function mayOpen({ base }: RunArchive, after: string): boolean {
  if (after === EMPTY_CHAIN || base === undefined) return after === EMPTY_CHAIN;
  for (const { chain } of journalLines(join(base.folder, 'journal'))) {
    if (chain === after) return true;
  }
  return mayOpen(base, after);
}

/** The checkpoint at which a fork begins is that of its base. */
function checkCheckpoint(run: RunArchive, record: CheckpointRecord, where: string): Finding[] {
  const file = checkpointFile(run.folder, record.time);
  if (!existsSync(file)) {
    if (run.base !== undefined) return checkCheckpoint(run.base, record, where);
    return [{ kind: 'checkpoint', where, says: 'the checkpoint it names is missing' }];
  }
  try {
    readCheckpointText(run.folder, record.time, record.hash);
    return [];
  } catch (error) {
    return [{ kind: 'checkpoint', where: file, says: messageOf(error).replace(/^.*?: /, '') }];
  }
}

/** The summary of a finished run says how long its journal is: one cut at a line's end shows. */
function checkEnd(folder: string, { entries, chain, end }: Walked): Finding[] {
  const file = join(folder, 'summary.json');
  if (!existsSync(file)) return [];
  const sum = sumIn(file);
  if (sum === undefined) return [{ kind: 'end', where: file, says: 'the summary is damaged' }];
  const same = entries === 0 || sum.chain === undefined || sum.chain === chain;
  if (sum.entries === entries && same) return [];
  const where = end === '' ? join(folder, 'journal') : end;
  const lost = sum.unwritten === undefined ? '' : `, ${sum.unwritten} were never written`;
  const says = `the journal ends with record ${entries} of ${sum.entries}${lost}`;
  return [{ kind: 'end', where, says }];
}

function sumIn(
  file: string,
): { readonly entries: number; readonly chain?: string; readonly unwritten?: number } | undefined {
  try {
    const { journal } = JSON.parse(readFileSync(file, 'utf8')) as {
      journal: { entries: number; chain?: string; unwritten?: number };
    };
    return journal;
  } catch {
    return undefined;
  }
}

function checkSounds(folder: string): Finding[] {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder).filter((name) => name.endsWith('.wav'));
  return files.sort().flatMap((name) => {
    const where = join(folder, name);
    try {
      if (isWavComplete(where)) return [];
      return [{ kind: 'sound', where, says: 'its header counts other samples than there are' }];
    } catch (error) {
      return [{ kind: 'sound', where, says: messageOf(error).split('\n')[0] as string }];
    }
  }) as Finding[];
}
