// What a network wants to say: probes sent round each agent and each loop until they rest.
export type { Atlas, Picture, Row, Station, Trail } from './atlas.js';
export type { AtlasOptions } from './make-atlas.js';
export { makeAtlas } from './make-atlas.js';
export type { Circuit, LeftOut } from './circuit.js';
export { wayOf } from './circuit.js';
export type { Fate, Settling } from './settle.js';
export { SETTLING } from './settle.js';
export type { Unplaced } from './trail.js';
export { atlasSentence, endName, endTime, rowSentence } from './speech.js';
export { ATLAS_FORMAT, atlasJson } from './atlas-json.js';
export { writeAtlas } from './write-atlas.js';
