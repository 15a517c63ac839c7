import type { Samples } from '../../core/index.js';
import type { Loop } from '../../topologies/index.js';
import type { Line } from '../line.js';
import type { Holds } from '../telemetry/observer-parts.js';

/** What controls hold back at this moment, for whoever shows it; loops count from 1. */
export function holdsOf(lines: readonly Line[], loops: readonly Loop[], now: () => Samples): Holds {
  const hushed = (line: Line | undefined): readonly string[] =>
    line?.schedule.at(now()).hushed ?? [];
  return {
    isMuted: (agent) =>
      lines.some((line) => line.link.from.agent === agent && hushed(line).includes('mute')),
    isLinkPaused: (link) => hushed(lines[link]).length > 0,
    isLoopPaused: (loop) =>
      (loops[loop - 1]?.links ?? []).some((link) => hushed(lines[link]).includes(`loop ${loop}`)),
  };
}
