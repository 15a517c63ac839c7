import { asciiText, safeText } from '../draw/text.js';
import { ASCII, UNICODE } from './glyphs.js';
import type { Glyphs } from './glyphs.js';
import { THEMES } from './theme.js';
import type { Ink, Role, Theme, ThemeName } from './theme.js';

/** How the screen may draw here: its size, its characters, its colours. */
export interface Look {
  readonly columns: number;
  readonly rows: number;
  readonly theme: ThemeName;
  readonly glyphs: Glyphs;
  /** A name from outside as it may be drawn here; every name goes through this once. */
  readonly safe: (text: string, longest?: number) => string;
  /** Text in the colour of what it says; the text must not be painted yet. */
  readonly paint: (role: Role, text: string) => string;
  /** Whole lines on the theme's ground: the last step of a frame. */
  readonly page: (lines: readonly string[]) => readonly string[];
}

/** What a person may choose about the look. */
export interface LookChoice {
  readonly theme?: ThemeName | undefined;
  readonly ascii?: boolean | undefined;
}

const UNPAINTED: Pick<Look, 'paint' | 'page'> = {
  paint: (_role, text) => text,
  page: (lines) => lines,
};

type Env = Readonly<Record<string, string | undefined>>;
type Size = { readonly columns: number; readonly rows: number };

/**
 * The look for a terminal of this size: no colour under NO_COLOR, nothing but text on a dumb
 * terminal, ASCII where UTF-8 is not promised, light where COLORFGBG says so.
 */
export function lookFor(size: Size, env: Env, choice: LookChoice = {}): Look {
  const dumb = env['TERM'] === 'dumb';
  const plain = dumb || (env['NO_COLOR'] ?? '') !== '';
  const theme = plain ? 'mono' : (choice.theme ?? groundOf(env));
  const glyphs = choice.ascii === true || dumb || !speaksUtf8(env) ? ASCII : UNICODE;
  const safe =
    glyphs === ASCII
      ? (text: string, longest?: number): string => asciiText(safeText(text, longest))
      : safeText;
  const ways = dumb ? UNPAINTED : painted(THEMES[theme]);
  return { ...size, theme, glyphs, safe, ...ways };
}

/** The same look for another size. */
export function resized(look: Look, size: Size): Look {
  return { ...look, columns: size.columns, rows: size.rows };
}

function speaksUtf8(env: Env): boolean {
  return /utf-?8/i.test(env['LC_ALL'] || env['LC_CTYPE'] || env['LANG'] || 'utf-8');
}

/** COLORFGBG ends with the number of the background colour: 7 and 15 are light. */
function groundOf(env: Env): ThemeName {
  return /[;:](7|15)$/.test(env['COLORFGBG'] ?? '') ? 'light' : 'dark';
}

function painted(theme: Theme): Pick<Look, 'paint' | 'page'> {
  const base = theme.inks.text;
  const ways = new Map<Role, readonly [string, string]>(
    (Object.keys(theme.inks) as Role[]).map((role) => [role, wayOf(theme.inks[role], base)]),
  );
  const ground = theme.ground === undefined ? '' : `\x1b[48;5;${theme.ground}m`;
  const [open, close] = [ground + colour(base), ground === '' ? '' : '\x1b[39m\x1b[49m'];
  return {
    paint: (role, text) => {
      const [before, after] = ways.get(role) as readonly [string, string];
      return text === '' ? '' : before + text + after;
    },
    page: (lines) => lines.map((line) => open + line + close),
  };
}

/** The codes before and after text: what comes after is in the colour of text again. */
function wayOf(ink: Ink, base: Ink): readonly [string, string] {
  const weight = [ink.bold && 1, ink.faint && 2, ink.inverse && 7].filter(Boolean);
  const ends = [(ink.bold || ink.faint) && 22, ink.inverse && 27].filter(Boolean);
  const coloured = ink.color !== base.color;
  const codes = (numbers: readonly unknown[]): string =>
    numbers.map((number) => `\x1b[${String(number)}m`).join('');
  return [
    codes(weight) + (coloured ? colour(ink) : ''),
    codes(ends) + (coloured ? colour(base) || '\x1b[39m' : ''),
  ];
}

function colour({ color }: Ink): string {
  return color === undefined ? '' : `\x1b[38;5;${color}m`;
}
