// Statistics over clouds of descriptors: how far, how varied, how worn, how fresh. Pure numbers.
export type { Cloud } from './cloud.js';
export { cloudOf, rowDistance } from './cloud.js';
export type { Gaussian } from './frechet.js';
export { frechetBetween, frechetDistance, frechetFrom, gaussianOf } from './frechet.js';
export type { Moments } from './moments.js';
export { addedMoments, gaussianOfMoments, momentsOf } from './moments.js';
export { effectiveRank, effectiveRankOf } from './effective-rank.js';
export { distanceTable, meanPairwiseDistance } from './pairwise.js';
export type { Coverage } from './coverage.js';
export { coverageOf, entropyOf } from './coverage.js';
export type { Spread } from './weighted.js';
export { weightedSpread } from './weighted.js';
export type { RepetitionOptions } from './self-repetition.js';
export { repetitionChances, selfRepetition } from './self-repetition.js';
export type { Descended } from './fresh-ancestry.js';
export { freshRatios } from './fresh-ancestry.js';
export type { Band, BootstrapOptions } from './bootstrap.js';
export { bootstrapBand, drawOf, sortedQuantile } from './bootstrap.js';
