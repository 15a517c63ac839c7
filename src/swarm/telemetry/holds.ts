import type { Line } from '../line.js';
import type { Holds } from './observer-parts.js';

/** What people have put on hold, as the links' schedules tell it. */
export function holdsOf(lines: readonly Line[]): Holds {
  const hushed = (line: Line | undefined): readonly string[] => line?.schedule.latest.hushed ?? [];
  return {
    isMuted: (agent) =>
      lines.some((line) => line.link.from.agent === agent && hushed(line).includes('mute')),
    isLinkPaused: (link) => hushed(lines[link]).length > 0,
    isLoopPaused: (loop) => lines.some((line) => hushed(line).includes(`loop ${loop}`)),
  };
}
