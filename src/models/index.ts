// Networks as data, their ONNX graphs and their runtime; the registry of runs and their files.
export type { NetworkKind, ParameterSpec, Weights } from './networks/kind.js';
export { NETWORK_KINDS } from './networks/kind.js';
export type { NetworkConfig } from './networks/config.js';
export { parseConfig } from './networks/config.js';
export { parametersOf } from './networks/describe.js';
export { initialWeights } from './networks/initial.js';
export type { NetworkParts } from './onnx/write.js';
export { writeOnnx } from './onnx/write.js';
export type { Dims, Model, ModelParts, RunOptions } from './runtime/model.js';
export { openModel } from './runtime/model.js';
