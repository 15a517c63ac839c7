// Telemetry: what a running swarm tells whoever watches it, and what a watcher may ask of it.
export type { Member, Scene, SceneLink, SceneLoop } from './scene.js';
export type { AgentState, LinkState, LoopState, State } from './state.js';
export type { LineageStep, Said, Sounding } from './sound.js';
export type { Alert, AlertWord, Life } from './life.js';
export { ALERT_WORDS } from './life.js';
export type { TelemetryRecord } from './record.js';
export { lineOf, parseRecord, readRecord } from './record.js';
export type { ControlRequest, TelemetryRequest } from './request.js';
export { parseControl, parseRequest, readRequest } from './request.js';
export type { PlaceEnv, SocketPlace } from './socket-place.js';
export { liveSockets, prepareSocket, socketFolder, socketPath } from './socket-place.js';
export { LineReader } from './line-reader.js';
export type { LineHearer, TelemetryLine } from './telemetry-line.js';
export { openSocketLine } from './socket-line.js';
export type { TelemetryBus } from './bus-line.js';
export { helloSubject, onRunsOf, openBusLine, requestSubject } from './bus-line.js';
