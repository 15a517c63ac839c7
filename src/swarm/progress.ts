import type { Samples } from '../core/index.js';
import type { Cast } from './cast.js';
import { stopwatch } from './clock.js';
import type { SwarmEvent } from './swarm-event.js';

const EVERY_SECONDS = 0.2;

/** Makes what tells watchers where the run stands, at most five times a second. */
export function progressTeller(
  cast: Cast,
  sampleRate: number,
  endTime: Samples | undefined,
  notify: (event: SwarmEvent) => void,
): (time: Samples, lag: Samples, lapsMax: number) => void {
  const wallSeconds = stopwatch();
  let told = Number.NEGATIVE_INFINITY;
  return (time, lag, lapsMax) => {
    const now = wallSeconds();
    if (now - told < EVERY_SECONDS) return;
    told = now;
    const dropped = cast.lines.reduce((sum, line) => sum + line.counts.dropped, 0);
    const agents = cast.seats.map(({ id, kind, health, performer, counts }) => {
      return { id, kind, health, pid: performer.pid, ...counts };
    });
    const lagSeconds = lag / sampleRate;
    const at = { time, sampleRate, endTime, wallSeconds: now, lagSeconds };
    notify({ type: 'progress', progress: { ...at, lapsMax, dropped, agents } });
  };
}
