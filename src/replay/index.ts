// A run played again from what it left behind, compared with what it was, and with other runs.
export type { AgentChain, Certificate, SoundMark } from './certificate.js';
export { certificateOf, certificatesApart } from './certificate.js';
export { certificateText, foreseenText } from './certificate-text.js';
export { controlsOf } from './controls-of.js';
export type { Difference } from './difference.js';
export { sayDifference } from './difference.js';
export type { Foreseen } from './foreseen.js';
export type { Replayed, SettingUp } from './load-replayed.js';
export { loadReplayed } from './load-replayed.js';
export type { LockstepOptions, Pair, Spread } from './lockstep.js';
export { Lockstep } from './lockstep.js';
export type { ReplayCertificate, ReplayOptions, ReplayOutcome } from './replay-run.js';
export { replayRun } from './replay-run.js';
export type { SoundVerdict } from './sounds-apart.js';
export { compareSounds } from './sounds-apart.js';
export { blobFolders, entryAt, entryFrom } from './entry-at.js';
export type { Setting } from './change.js';
export { readSetting, withSettings } from './change.js';
export { momentOf } from './moment.js';
export type { ForkOptions } from './fork.js';
export { forkRun } from './fork.js';
export type { LatestRun } from './latest-run.js';
export { latestRun } from './latest-run.js';
export type { Resumption, ResumeOptions } from './resume.js';
export { resumption } from './resume.js';
export type { RebuildOptions, Rebuilt } from './rebuild.js';
export { rebuildEnvelope } from './rebuild.js';
export type {
  CompareOptions,
  Comparison,
  Divergence,
  NamedRun,
  RunCurve,
} from './compare/compare-runs.js';
export { compareRuns } from './compare/compare-runs.js';
export { comparisonText } from './compare/comparison-text.js';
export { divergenceChart } from './compare/divergence-chart.js';
export type { Window } from './compare/windows.js';
