// What a run leaves behind: its journal, its signals by hash, its folder.
export type { SaidRecord } from './canonical.js';
export { hashOf, saidRecord, signalBytes } from './canonical.js';
export type {
  ControlRecord,
  DroppedRecord,
  HappenedRecord,
  JournalRecord,
  JournalSum,
} from './journal.js';
export { Journal } from './journal.js';
export { readJournal } from './read-journal.js';
export { Blobs } from './blobs.js';
export type { RunFolder } from './run-folder.js';
export { createRunFolder } from './run-folder.js';
