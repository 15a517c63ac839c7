// The swarm at work: the scheduler, the agents' processes and who watches over them.
export type { RunOptions } from './run-options.js';
export { newRunId, runSwarm } from './run-swarm.js';
export type { ControlAnswer, PlannedControl, Steer } from './control/control-door.js';
export { plannedFrom } from './control/control-door.js';
export type { BatonBeat } from './conductor.js';
export { awaitBaton } from './conductor.js';
export type { Progress, SwarmEvent } from './swarm-event.js';
export type { Health, SeatCounts } from './seat.js';
export type { AgentSummary, AudioSummary, LinkSummary, Summary } from './summary.js';
export type { Answer, ControlDesk, Outlet } from './telemetry/broadcast.js';
export { Broadcast } from './telemetry/broadcast.js';
export type { SocketServer } from './telemetry/socket-server.js';
export { openSocketServer } from './telemetry/socket-server.js';
export { publishTelemetry } from './telemetry/nats-publisher.js';
export { writeTelemetry } from './telemetry/telemetry-file.js';
export { serveMetrics } from './telemetry/metrics-server.js';
