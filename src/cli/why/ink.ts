import { lapColour } from '../../archive/index.js';

/** Paints text for a terminal, or leaves it plain. */
export interface Ink {
  dim(text: string): string;
  strong(text: string): string;
  alarm(text: string): string;
  /** In the colour of a lap, as drawings of kin have it. */
  lap(text: string, lap: number, lapMax: number): string;
}

const PLAIN: Ink = {
  dim: (text) => text,
  strong: (text) => text,
  alarm: (text) => text,
  lap: (text) => text,
};

const COLOURED: Ink = {
  dim: (text) => `\u001b[38;5;245m${text}\u001b[39m`,
  strong: (text) => `\u001b[1m${text}\u001b[22m`,
  alarm: (text) => `\u001b[38;5;210m${text}\u001b[39m`,
  lap: (text, lap, lapMax) => {
    // On a light ground the late laps, which are the lightest, would not be seen.
    const most = /;(7|15)$/.test(process.env['COLORFGBG'] ?? '') ? 2.5 : 5;
    const [r, g, b] = lapColour(lap, lapMax).map((value) => Math.round((value / 255) * most));
    const colour = 16 + 36 * (r as number) + 6 * (g as number) + (b as number);
    return `\u001b[38;5;${colour}m${text}\u001b[39m`;
  },
};

/** Text from a journal with nothing in it that would steer a terminal. */
export function harmless(text: string): string {
  return text.replace(/\p{Cc}/gu, '\u{fffd}');
}

/** Colours where stdout is a terminal that has them and NO_COLOR does not forbid it. */
export function inkFor(stdout: { readonly isTTY?: boolean }): Ink {
  const { NO_COLOR: none = '', TERM: term } = process.env;
  return stdout.isTTY === true && none === '' && term !== 'dumb' ? COLOURED : PLAIN;
}
