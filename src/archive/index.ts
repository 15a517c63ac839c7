// What a run leaves behind: its journal, its signals by hash, its folder.
export type { SaidRecord } from './canonical.js';
export { hashOf, saidRecord, signalBytes } from './canonical.js';
export type {
  CheckpointRecord,
  ControlRecord,
  DroppedRecord,
  HappenedRecord,
  JournalOptions,
  JournalRecord,
  JournalSum,
  Receipt,
} from './journal.js';
export { Journal } from './journal.js';
export type { JournalMark } from './segment.js';
export { EMPTY_CHAIN } from './chain.js';
export type { SyncPolicy } from './sync-policy.js';
export { SYNC_DEFAULT, syncSeconds } from './sync-policy.js';
export type { Disk } from './disk.js';
export { systemDisk } from './disk.js';
export type { JournalLine, JournalPlace } from './read-journal.js';
export { chainBefore, journalLines, readJournal } from './read-journal.js';
export type { BlobOptions, BlobSum } from './blobs.js';
export { Blobs, blobFile, blobHashes, readBlob } from './blobs.js';
export { thinnedHashes, thinnedLine } from './thinned.js';
export type { ArrayKeep, ArraySource, NumberArray, Packed } from './state/pack.js';
export { pack, unpack } from './state/pack.js';
export { ArrayStore } from './state/array-store.js';
export {
  checkpointFile,
  readCheckpointText,
  writeCheckpointText,
} from './state/checkpoint-file.js';
export type {
  CorpusFile,
  RecordedAgent,
  RecordedLink,
  RunOrigin,
  RunRecord,
  SourceFile,
} from './run-record.js';
export { readRunRecord } from './run-record.js';
export type { ProjectSources } from './sources.js';
export { keepSources, keptSource, sourceFile } from './sources.js';
export { secondsOf } from './length-of.js';
export { signalOf } from './signal-of.js';
export type { RunArchive } from './open-run.js';
export { findRun, openRun } from './open-run.js';
export { Family } from './index-db/family.js';
export type { IndexedPort, IndexedTable } from './index-db/run-index.js';
export { RunIndex } from './index-db/run-index.js';
export type { OpenIndexOptions } from './index-db/open-index.js';
export { openIndex } from './index-db/open-index.js';
export type { AgentShare, FileShare, Kinship, ModelShare } from './lineage/kinship.js';
export type { SeedSpan } from './lineage/seeds-of.js';
export { ancestryOf, descendantsOf } from './lineage/kinship.js';
export type { ClosedAncestry } from './lineage/closed-ancestry.js';
export { closedAncestry } from './lineage/closed-ancestry.js';
export type { Sounding } from './lineage/sounding-at.js';
export { soundingAt } from './lineage/sounding-at.js';
export type { Relative, RelativeParent } from './lineage/relative.js';
export { relativeOf } from './lineage/relative.js';
export type { KinNode, TreeBounds } from './lineage/kin-tree.js';
export { kinTree, nearestKin } from './lineage/kin-tree.js';
export type { ProvDocument } from './lineage/prov-json.js';
export { provJson } from './lineage/prov-json.js';
export type { KinSvgOptions } from './lineage/kin-svg.js';
export { kinSvg } from './lineage/kin-svg.js';
export { lapColour, lapHex } from './lineage/lap-colour.js';
export { clockLabel } from './lineage/clock-label.js';
export type { RunFolder } from './run-folder.js';
export { createRunFolder } from './run-folder.js';
export type { Finding } from './verification/finding.js';
export type { VerifyOptions } from './verification/verify-run.js';
export type { BlobDepth } from './verification/blob-check.js';
export { verifyRun } from './verification/verify-run.js';
export type { Recovery } from './recovery/recover-run.js';
export { hasRecovered, recoverRun } from './recovery/recover-run.js';
export type { ArchivePolicy, Thinning } from './keeping/policy.js';
export { ARCHIVE_POLICY_DEFAULT, parseSize, sizeText, spanText, tidies } from './keeping/policy.js';
export type { KeptBlob } from './keeping/kept-blob.js';
export type { Pin, ShelvedRecord, ThinnedRecord } from './keeping/lists.js';
export {
  addPin,
  noteShelved,
  readPins,
  readShelf,
  readThinned,
  removePins,
} from './keeping/lists.js';
export type { GcAccount } from './keeping/gc-account.js';
export type { GcOptions } from './keeping/gc.js';
export { gc } from './keeping/gc.js';
export type { Deeds } from './keeping/deeds.js';
export { DISK } from './keeping/deeds.js';
export { archiveOf, noteFork } from './keeping/survey.js';
export { isPlaying, markPlaying } from './keeping/playing.js';
