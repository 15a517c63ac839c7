// A scenario file is read, checked as a whole, and cast, or reported with each problem in place.
export type { Casting, Scenario, SourceText } from './scenario.js';
export type { Supervision } from './supervision-section.js';
export type { Kept } from './kept.js';
export { textOf } from './kept.js';
export type { LoadOptions, Loaded } from './load.js';
export { loadScenario } from './load.js';
export type { PlacedProblem } from './source.js';
export type { ReportOptions } from './report.js';
export { report } from './report.js';
export type { Found, Ground } from './project.js';
export { findInside, groundOf } from './project.js';
export { importKind } from './kind-files.js';
export { scenarioJsonSchema } from './editor-schema.js';
export type { DayPart, DayStretch, Schedule } from './schedule.js';
export { partAt } from './schedule.js';
export { scenarioDocs } from './docs.js';
