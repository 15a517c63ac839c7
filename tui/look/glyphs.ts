/** Every word a state can have; each is shown with a glyph of its own. */
export const STATE_WORDS = [
  'OK',
  'LOOK',
  'CALL',
  'BUSY',
  'LATE',
  'DOWN',
  'PARKED',
  'MUTED',
  'PAUSED',
  'SILENT',
  'STUCK',
  'HOWL',
  'RUNAWAY',
  'COLLAPSE',
  'SHELVED',
  'FAILED',
  'SCRUBBED',
  'FULL',
  'BUS',
  'WAITING',
  'LIVE',
  'LOST',
  'ENDED',
  'FROZEN',
] as const;

/** A word a state can have. */
export type StateWord = (typeof STATE_WORDS)[number];

/** The characters a screen is drawn with; every one is a single column wide. */
export interface Glyphs {
  /** Upper left, upper right, lower left, lower right, horizontal, vertical. */
  readonly box: string;
  /** What stands where text was left out. */
  readonly more: string;
  /** A full and an empty cell of a bar. */
  readonly bar: string;
  /** Cells of a sparkline, rising. */
  readonly spark: string;
  /** Lines of feeding links from thin to thick, and the head. */
  readonly feeds: string;
  /** Lines of returning links from thin to thick, and the head. */
  readonly returns: string;
  /** Crossings of lines by where they lead: up is 1, down 2, left 4, right 8. */
  readonly wires: string;
  /** A returning link where it leads up or down. */
  readonly returnsUp: string;
  /** Shades of a spectrogram without braille, rising; the first is silence. */
  readonly shades: string;
  /** Whether spectrograms are drawn in braille. */
  readonly braille: boolean;
  readonly dot: string;
  readonly times: string;
  readonly feedsFrom: string;
  readonly returnsFrom: string;
  readonly states: Readonly<Record<StateWord, string>>;
}

/** Characters for terminals that show Unicode. */
export const UNICODE: Glyphs = {
  box: '╭╮╰╯─│',
  more: '…',
  bar: '■·',
  spark: '▁▂▃▄▅▆▇█',
  feeds: '─━═▶',
  returns: '╌╍╍▷',
  wires: ' │││─╯╮┤─╰╭├─┴┬┼',
  returnsUp: '┆',
  shades: ' ░▒▓█',
  braille: true,
  dot: '·',
  times: '×',
  feedsFrom: '<',
  returnsFrom: '~',
  states: {
    OK: '●',
    LOOK: '▲',
    CALL: '◆',
    BUSY: '◐',
    LATE: '▲',
    DOWN: '×',
    PARKED: '■',
    MUTED: '○',
    PAUSED: '‖',
    SILENT: '∅',
    STUCK: '∞',
    HOWL: '♪',
    RUNAWAY: '↑',
    COLLAPSE: '≡',
    SHELVED: '▤',
    FAILED: '†',
    SCRUBBED: '≈',
    FULL: '▣',
    BUS: '≠',
    WAITING: '◌',
    LIVE: '●',
    LOST: '?',
    ENDED: '□',
    FROZEN: '‖',
  },
};

/** Characters no higher than 0x7E. */
export const ASCII: Glyphs = {
  box: '++++-|',
  more: '~',
  bar: '#.',
  spark: '_.-:=+*#',
  feeds: '-==>',
  returns: '..~>',
  wires: ' |||-++|-++|-+++',
  returnsUp: ':',
  shades: ' .:*#',
  braille: false,
  dot: '-',
  times: 'x',
  feedsFrom: '<',
  returnsFrom: '~',
  states: {
    OK: '+',
    LOOK: '!',
    CALL: '@',
    BUSY: '*',
    LATE: '!',
    DOWN: 'x',
    PARKED: '#',
    MUTED: 'o',
    PAUSED: '=',
    SILENT: '0',
    STUCK: '8',
    HOWL: '&',
    RUNAWAY: '^',
    COLLAPSE: '%',
    SHELVED: '_',
    FAILED: 'x',
    SCRUBBED: '~',
    FULL: '#',
    BUS: '/',
    WAITING: '.',
    LIVE: '+',
    LOST: '?',
    ENDED: '.',
    FROZEN: '=',
  },
};
