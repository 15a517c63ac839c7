// The bias curves of a run: what recursion does to its sounds, lap by lap and over time.
export type { Estimate } from './estimate.js';
export type { Along } from './group.js';
export type { MeasureName } from './measure.js';
export { MEASURE_NAMES } from './measure.js';
export type { BiasCurve, BiasCurves, BiasOptions, CurvePoint } from './bias-curves.js';
export { biasCurves } from './bias-curves.js';
export type { SoundFeatures } from './features.js';
export { featuresOf } from './features.js';
export { driftChart } from './chart.js';
export { curveTable, driftTable } from './table.js';
export { wordsOf } from './words.js';
