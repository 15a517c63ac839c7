// A scenario file becomes a scenario: read, checked whole, cast, or reported with every problem in its place.
export type { Casting, Scenario } from './scenario.js';
export type { LoadOptions, Loaded } from './load.js';
export { loadScenario } from './load.js';
export type { PlacedProblem } from './source.js';
export type { ReportOptions } from './report.js';
export { report } from './report.js';
export { importKind } from './kind-files.js';
