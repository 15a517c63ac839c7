/** What a piece of text says, from which its colour follows. */
export type Role =
  | 'text'
  | 'dim'
  | 'border'
  | 'title'
  | 'accent'
  | 'good'
  | 'look'
  | 'call'
  | 'feeds'
  | 'returns'
  | 'sound'
  | 'selected';

/** How a role is painted: a colour of the 256-colour palette, and weight. */
export interface Ink {
  readonly color?: number;
  readonly bold?: boolean;
  readonly faint?: boolean;
  readonly inverse?: boolean;
}

/** A theme: its ground, absent where the terminal's own is kept, and every role's ink. */
export interface Theme {
  readonly ground?: number;
  readonly inks: Readonly<Record<Role, Ink>>;
}

const bold = true;
const inverse = true;

const DARK: Theme = {
  ground: 233,
  inks: {
    text: { color: 252 },
    dim: { color: 245 },
    border: { color: 244 },
    title: { color: 117, bold },
    accent: { color: 115 },
    good: { color: 114 },
    look: { color: 221, bold },
    call: { color: 210, bold },
    feeds: { color: 110 },
    returns: { color: 183 },
    sound: { color: 80 },
    selected: { color: 252, inverse },
  },
};

const LIGHT: Theme = {
  ground: 231,
  inks: {
    text: { color: 236 },
    dim: { color: 241 },
    border: { color: 243 },
    title: { color: 24, bold },
    accent: { color: 23 },
    good: { color: 22 },
    look: { color: 94, bold },
    call: { color: 124, bold },
    feeds: { color: 25 },
    returns: { color: 91 },
    sound: { color: 24 },
    selected: { color: 236, inverse },
  },
};

const HIGH_CONTRAST: Theme = {
  ground: 16,
  inks: {
    text: { color: 231 },
    dim: { color: 252 },
    border: { color: 231 },
    title: { color: 226, bold },
    accent: { color: 51 },
    good: { color: 46 },
    look: { color: 226, bold },
    call: { color: 217, bold },
    feeds: { color: 51 },
    returns: { color: 219 },
    sound: { color: 231 },
    selected: { color: 231, bold, inverse },
  },
};

/** After Okabe and Ito's colours, which people with any common colour blindness tell apart. */
const COLOUR_BLIND: Theme = {
  ground: 233,
  inks: {
    ...DARK.inks,
    title: { color: 231, bold },
    accent: { color: 74 },
    good: { color: 74 },
    look: { color: 227, bold },
    call: { color: 208, bold },
    feeds: { color: 36 },
    returns: { color: 175 },
    sound: { color: 74 },
  },
};

const MONO: Theme = {
  inks: {
    text: {},
    dim: { faint: true },
    border: { faint: true },
    title: { bold },
    accent: {},
    good: {},
    look: { bold },
    call: { bold, inverse },
    feeds: {},
    returns: {},
    sound: {},
    selected: { inverse },
  },
};

/** Every theme by its name. */
export const THEMES = {
  dark: DARK,
  light: LIGHT,
  mono: MONO,
  'high-contrast': HIGH_CONTRAST,
  'colour-blind': COLOUR_BLIND,
} as const satisfies Readonly<Record<string, Theme>>;

/** The name of a theme. */
export type ThemeName = keyof typeof THEMES;

/** The red, green and blue of a colour above 15 of the 256-colour palette, 0 to 255. */
export function rgbOf(color: number): readonly [number, number, number] {
  if (color >= 232) {
    const grey = 8 + 10 * (color - 232);
    return [grey, grey, grey];
  }
  const step = (of: number): number => (of === 0 ? 0 : 55 + 40 * of);
  const place = color - 16;
  return [step(Math.floor(place / 36)), step(Math.floor(place / 6) % 6), step(place % 6)];
}

/** Contrast of two palette colours, 1 to 21, by the relative luminance of WCAG 2. */
export function contrastOf(one: number, other: number): number {
  const [a, b] = [luminance(one), luminance(other)];
  return (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
}

function luminance(color: number): number {
  const [r, g, b] = rgbOf(color).map((byte) => {
    const share = byte / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}
