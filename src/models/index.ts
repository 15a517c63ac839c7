// Networks as data, their ONNX graphs and their runtime; the registry of runs and their files.
export type { NetworkKind, ParameterSpec, Weights } from './networks/kind.js';
export { NETWORK_KINDS } from './networks/kind.js';
export type {
  MelGanConfig,
  MelGanDiscriminatorConfig,
  NetworkConfig,
  SequencerConfig,
  TransformerConfig,
  UnaGanConfig,
} from './networks/config.js';
export { parseConfig } from './networks/config.js';
export { parametersOf } from './networks/describe.js';
export { initialWeights } from './networks/initial.js';
export type { NetworkParts, Style } from './onnx/write.js';
export { writeOnnx } from './onnx/write.js';
export type { Dims, Model, ModelParts, RunOptions } from './runtime/model.js';
export { openModel } from './runtime/model.js';
export type { Checkpoint } from './formats/checkpoint.js';
export { readCheckpoint } from './formats/checkpoint.js';
export { readNpy, readNpz, writeNpy, writeNpz } from './formats/npy.js';
export { readSafetensors, writeSafetensors } from './formats/safetensors.js';
export { denormalise, normalise } from './registry/denormalise.js';
export { chooseRun, drawRun } from './registry/draw-run.js';
export type { ImportedRuns, ImportOptions } from './registry/import-run.js';
export { importRun } from './registry/import-run.js';
export type { BrokenRun, RunDetails, RunList, RunSummary } from './registry/list-runs.js';
export { listRuns, showRun } from './registry/list-runs.js';
export type { PairOptions, RunPair } from './registry/pair-runs.js';
export { binsOf, mismatchesOf, pairRuns } from './registry/pair-runs.js';
export type { RegistryOptions } from './registry/registry.js';
export { registryFolders } from './registry/registry.js';
export type { Role } from './registry/run-kind.js';
export { kindsIn, RUN_KINDS } from './registry/run-kind.js';
export type { RunOnFiles, RunOnOptions } from './registry/run-on.js';
export { runOn, runOnFiles } from './registry/run-on.js';
export type { OpenOptions, RunRecord } from './registry/run-record.js';
export { loadRun } from './registry/run-record.js';
export type { RunStats } from './registry/run-stats.js';
export type { DraftNetwork, RunDraft, SaveOptions } from './registry/save-run.js';
export { saveRun } from './registry/save-run.js';
export type { UntrainedOptions } from './registry/untrained-run.js';
export { createUntrainedRun } from './registry/untrained-run.js';
export { fitBins } from './generation/fit-bins.js';
export type { GeneratedAudio, GenerateOptions } from './generation/generate-audio.js';
export { generateAudio } from './generation/generate-audio.js';
export type { TorchRandom } from './generation/torch-random.js';
export { torchRandom } from './generation/torch-random.js';
export { createNamedUntrainedRun, UNTRAINED_RUN_IDS } from './registry/untrained-runs.js';
export type { BatchShapes, Draw, Stretch } from './training/batches.js';
export {
  drawMelBatch,
  drawVocoderBatch,
  drawWindows,
  turnInto,
} from './training/batches.js';
export type { Training } from './training/load-training.js';
export { loadTraining } from './training/load-training.js';
