import type { AgentId } from '../../core/index.js';
import type { Progress } from '../../swarm/index.js';

/**
 * A progress record as the display reads it: `seconds` is logical time, peaks are dB below full
 * scale.
 */
export interface ProgressTelemetry {
  readonly type: 'progress';
  readonly seconds: number;
  readonly wallSeconds: number;
  readonly lagSeconds: number;
  readonly lapsMax: number;
  readonly dropped: number;
  readonly agents: Progress['agents'];
  readonly peaksDb: Readonly<Record<AgentId, number>>;
}

/** Turns progress and the peaks heard since the last into a record. */
export function telemetryOf(
  progress: Progress,
  peaksDb: Readonly<Record<AgentId, number>>,
): ProgressTelemetry {
  const { time, sampleRate, wallSeconds, lagSeconds, lapsMax, dropped, agents } = progress;
  const seconds = Math.max(0, time / sampleRate);
  const finite = Object.entries(peaksDb).filter(([, peak]) => Number.isFinite(peak));
  return {
    type: 'progress',
    seconds,
    wallSeconds,
    lagSeconds,
    lapsMax,
    dropped,
    agents,
    peaksDb: Object.fromEntries(finite),
  };
}
