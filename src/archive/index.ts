// What a run leaves behind: its journal, its signals by hash, its folder.
export type { SaidRecord } from './canonical.js';
export { hashOf, saidRecord, signalBytes } from './canonical.js';
export type {
  CheckpointRecord,
  ControlRecord,
  DroppedRecord,
  HappenedRecord,
  JournalRecord,
  JournalSum,
} from './journal.js';
export { Journal } from './journal.js';
export type { ArrayKeep, ArraySource, NumberArray, Packed } from './state/pack.js';
export { pack, unpack } from './state/pack.js';
export { ArrayStore } from './state/array-store.js';
export {
  checkpointFile,
  readCheckpointText,
  writeCheckpointText,
} from './state/checkpoint-file.js';
export { readJournal } from './read-journal.js';
export { Blobs, blobFile, readBlob } from './blobs.js';
export type { CorpusFile, RunOrigin, RunRecord, SourceFile } from './run-record.js';
export { readRunRecord } from './run-record.js';
export type { ProjectSources } from './sources.js';
export { keepSources, keptSource, sourceFile } from './sources.js';
export { signalOf } from './signal-of.js';
export type { RunArchive } from './open-run.js';
export { findRun, openRun } from './open-run.js';
export type { RunFolder } from './run-folder.js';
export { createRunFolder } from './run-folder.js';
export type { ArchivePolicy, Thinning } from './keeping/policy.js';
export { ARCHIVE_POLICY_DEFAULT, parseSize, sizeText, spanText, tidies } from './keeping/policy.js';
export type { KeptBlob } from './keeping/kept-blob.js';
export type { Pin, ThinnedRecord } from './keeping/lists.js';
export { addPin, readPins, readThinned, removePins } from './keeping/lists.js';
export type { GcAccount } from './keeping/gc-account.js';
export type { GcOptions } from './keeping/gc.js';
export { gc } from './keeping/gc.js';
export type { Deeds } from './keeping/deeds.js';
export { DISK } from './keeping/deeds.js';
export { archiveOf, noteFork } from './keeping/survey.js';
export { isPlaying, markPlaying } from './keeping/playing.js';
