// What has been heard, kept to be found again: indices of vectors that grow while the music plays.
export type { IndexKind, Neighbour, VectorIndex } from './vector-index.js';
export { ExactIndex } from './exact-index.js';
export { FaissIndex, loadFaiss } from './faiss-index.js';
export type { NativeFaiss } from './faiss-index.js';
export { openIndex } from './open-index.js';
export type { IndexPreference, OpenedIndex } from './open-index.js';
