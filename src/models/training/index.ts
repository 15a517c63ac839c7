// Training: networks written with TensorFlow.js operations, whole steps run as one ONNX graph.
export type { AdamSettings } from './adam.js';
export type { TrainingCheckpoint } from './checkpoint.js';
export { loadCheckpoint, saveCheckpoint } from './checkpoint.js';
export { drawDisturbances, noDisturbances } from './data/disturbances.js';
export { cpuEngine } from './eager-engine.js';
export type { Compiled, CompileOptions, Computation, Engine, Shapes, Symbols } from './engine.js';
export type { Findings } from './findings.js';
export { averaged } from './findings.js';
export type { GradientApplier } from './gradient-applier.js';
export { openGradientApplier } from './gradient-applier.js';
export type { GradientFinder } from './gradient-finder.js';
export { openGradientFinder } from './gradient-finder.js';
export { heardAt } from './gradient-stages.js';
export type { Losses, Stepper, TrainingState } from './stepper.js';
export { initialState, openStepper, weightsOf } from './stepper.js';
export type { MelScale } from './log-mel-loss.js';
export type { Resolution } from './stft-loss.js';
export { RESOLUTIONS } from './stft-loss.js';
export type {
  AdversarialWeights,
  MelGanPart,
  MelTerm,
  VocoderBatch,
  WarmLosses,
} from './steps/mel-gan-step.js';
export { melGanStep, melGanWarmStep } from './steps/mel-gan-step.js';
export type { Disturbance } from './steps/disturbed.js';
export type { SequencerLearning, SequencerPart } from './steps/sequencer-step.js';
export { answersEveryFrame, sequencerStep } from './steps/sequencer-step.js';
export type { StepDesign, TrainedNetwork } from './steps/training-step.js';
export { unaGanFitStep } from './steps/una-gan-fit-step.js';
export type { MelBatch, UnaGanPart } from './steps/una-gan-step.js';
export { unaGanStep } from './steps/una-gan-step.js';
export type { FoundTensorflow } from './tensorflow-engine.js';
export { findTensorflow } from './tensorflow-engine.js';
export { tracedEngine } from './traced-engine.js';
