import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { UserError, messageOf } from '../../core/index.js';
import type { RunArchive } from '../open-run.js';
import { continues, grow } from './growth.js';
import { RunIndex } from './run-index.js';
import { createTables, isCurrent } from './schema.js';
import { type Database, openDatabase } from './sqlite.js';

/** How an index is opened. */
export interface OpenIndexOptions {
  /** Reads the whole journal again, whatever there is. */
  readonly anew?: boolean;
}

/**
 * Opens the index of a run, `index.sqlite` in its folder, and reads what the journal holds beyond
 * it. One that is missing, damaged, of another version or of another journal is made anew; where
 * the folder cannot be written it is made in memory, and `unkept` says why.
 */
export async function openIndex(
  run: RunArchive,
  { anew = false }: OpenIndexOptions = {},
): Promise<RunIndex> {
  const file = join(run.folder, 'index.sqlite');
  const grown = anew || !existsSync(file) ? undefined : await openGrown(file, run);
  if (grown !== undefined) return grown;
  try {
    return await build(file, run);
  } catch (error) {
    if (error instanceof UserError) throw error;
    return inMemory(run, messageOf(error));
  }
}

async function openGrown(file: string, run: RunArchive): Promise<RunIndex | undefined> {
  let database: Database | undefined;
  try {
    database = await openDatabase(file);
    if (isCurrent(database) && continues(database, run)) {
      const index = new RunIndex(database, run, { added: grow(database, run) });
      if (isWhole(index)) return index;
    }
  } catch {
    // Whatever it is: this is only a cache, and what is wrong with the journal shows again.
  }
  database?.close();
  return undefined;
}

/** Whether every envelope is in a page: what answers rely on must not be half there. */
function isWhole(index: RunIndex): boolean {
  return index.rows === index.family.size;
}

/** Makes the index beside its place and moves it there, so that nobody meets half of one. */
async function build(file: string, run: RunArchive): Promise<RunIndex> {
  const draft = `${file}.${process.pid}.draft`;
  rmSync(draft, { force: true });
  try {
    const added = await fillFile(draft, run);
    settle(draft);
    renameSync(draft, file);
    return new RunIndex(await openDatabase(file), run, { added });
  } finally {
    rmSync(draft, { force: true });
  }
}

function settle(file: string): void {
  const handle = openSync(file, 'r');
  fsyncSync(handle);
  closeSync(handle);
}

async function fillFile(draft: string, run: RunArchive): Promise<number> {
  const database = await openDatabase(draft);
  try {
    return fill(database, run);
  } finally {
    database.close();
  }
}

async function inMemory(run: RunArchive, unkept: string): Promise<RunIndex> {
  const database = await openDatabase(':memory:');
  return new RunIndex(database, run, { added: fill(database, run), unkept });
}

/** Nothing waits for the disk: a draft that is lost with the machine's power is never moved. */
function fill(database: Database, run: RunArchive): number {
  database.exec('PRAGMA journal_mode = MEMORY; PRAGMA synchronous = OFF');
  createTables(database);
  return grow(database, run);
}
