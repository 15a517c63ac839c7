import type { Problem } from '../core/index.js';
import {
  SHAPES,
  countWires,
  expandShape,
  linkOptions,
  makeLink,
  parseArrow,
  suggestion,
} from '../topologies/index.js';
import type { Known, Link, LinkSetting } from '../topologies/index.js';
import { LINKS_MAX } from './bulk.js';
import { isRecord } from './sections.js';
import { fit } from './shape-problems.js';

type Path = readonly (string | number)[];

/** A link and the path of the entry it was made from. */
export interface PlacedLink {
  readonly link: Link;
  readonly at: Path;
}

/** Links read from a section, and what was wrong with the others. */
export interface ReadLinks {
  readonly links: readonly PlacedLink[];
  readonly problems: readonly Problem[];
}

/** Reads `links:`: arrows, and arrows with options. */
export function readLinks(written: unknown, setting: LinkSetting): ReadLinks {
  if (written === undefined || written === null) return { links: [], problems: [] };
  if (!Array.isArray(written)) return { links: [], problems: [noList('links')] };
  if (written.length > LINKS_MAX) return { links: [], problems: [tooManyLinks(['links'])] };
  return together(written.map((entry, i) => readLink(entry, ['links', i], setting)));
}

function together(parts: readonly ReadLinks[]): ReadLinks {
  return {
    links: parts.flatMap((part) => part.links),
    problems: parts.flatMap((part) => part.problems),
  };
}

function readLink(entry: unknown, at: Path, setting: LinkSetting): ReadLinks {
  const [text, options] = isRecord(entry) ? onlyPair(entry) : [entry, {}];
  if (typeof text !== 'string') return { links: [], problems: [noArrow(at)] };
  const arrow = parseArrow(text);
  const fitted = fit(linkOptions, options ?? {}, at);
  const problems = [
    ...(arrow.ok
      ? []
      : arrow.problems.map((problem) => ({ ...problem, at: [...at, ...problem.at] }))),
    ...(fitted.ok ? [] : fitted.problems),
  ];
  if (!arrow.ok) return { links: [], problems };
  const { delay } = fitted.ok ? fitted.value : {};
  if (arrow.value.way === 'feeds' && delay !== undefined) problems.push(delayedFeed(at));
  const sound = fitted.ok ? fitted.value : linkOptions.parse({});
  return { links: [{ link: makeLink(arrow.value, sound, setting), at }], problems };
}

function onlyPair(entry: Readonly<Record<string, unknown>>): readonly [unknown, unknown] {
  const pairs = Object.entries(entry);
  return pairs.length === 1 ? (pairs[0] as [string, unknown]) : [undefined, undefined];
}

function noArrow(at: Path): Problem {
  return {
    code: 'bad-arrow',
    at,
    says: 'this is no link',
    expected: 'one arrow, as in past.audio -> ear.audio',
    try: 'put the options of an arrow behind it: mel.audio ~> una.audio: { delay: 4s }',
  };
}

function delayedFeed(at: Path): Problem {
  return {
    code: 'delayed-feed',
    at: [...at, 'delay'],
    says: 'a feeding link -> arrives at once and has no delay',
    expected: 'a returning link ~>',
    try: 'write ~> if it shall arrive later, or remove the delay',
  };
}

function noList(key: string): Problem {
  return {
    code: 'wrong-value',
    at: [key],
    says: `${key}: holds no list`,
    expected: 'one arrow to a line',
    try: 'begin each line with a dash: - past.audio -> ear.audio',
  };
}

/** Says that a scenario has more links than are allowed. */
export function tooManyLinks(at: Path): Problem {
  return {
    code: 'too-many-links',
    at,
    says: 'this scenario has too many links',
    expected: `${LINKS_MAX} at most`,
    try: 'link fewer agents to each other',
  };
}

/** Reads `topology:`: a name, `{ name: params }`, or a list of these. */
export function readTopology(written: unknown, known: Known, setting: LinkSetting): ReadLinks {
  if (written === undefined || written === null) return { links: [], problems: [] };
  if (!Array.isArray(written)) return readShape(written, ['topology'], known, setting);
  const parts: ReadLinks[] = [];
  let count = 0;
  for (const [i, entry] of written.entries()) {
    const part = readShape(entry, ['topology', i], known, setting);
    parts.push(part);
    count += part.links.length;
    if (count > LINKS_MAX) return { links: [], problems: [tooManyLinks(['topology', i])] };
    if (part.problems.some((problem) => problem.code === 'too-many-links')) break;
  }
  return together(parts);
}

function readShape(entry: unknown, at: Path, known: Known, setting: LinkSetting): ReadLinks {
  const wrong = (...problems: readonly Problem[]): ReadLinks => ({ links: [], problems });
  const [name, params] = isRecord(entry) ? onlyPair(entry) : [entry, {}];
  if (typeof name !== 'string') return wrong(noShape(at));
  const shape = SHAPES.get(name);
  if (shape === undefined) return wrong(unknownShape(name, at));
  const inside = isRecord(entry) ? [...at, name] : at;
  const fitted = fit(shape.params, params ?? {}, inside);
  if (!fitted.ok) return wrong(...fitted.problems);
  const value = fitted.value as Readonly<Record<string, unknown>>;
  if (countWires(shape, value, known) > LINKS_MAX) return wrong(tooManyLinks(at));
  const made = expandShape(shape, value, known, setting);
  if (!made.ok) return wrong(...made.problems.map((problem) => ({ ...problem, at: inside })));
  return { links: made.value.map((link) => ({ link, at: inside })), problems: [] };
}

function noShape(at: Path): Problem {
  return {
    code: 'wrong-value',
    at,
    says: 'this is no topology',
    expected: 'a name, or one name with its params',
    try: 'write topology: ouroboros, or topology: { ouroboros: { delay: 4s } }',
  };
}

function unknownShape(name: string, at: Path): Problem {
  return {
    code: 'unknown-topology',
    at,
    says: `there is no topology named \`${name}\``,
    expected: [...SHAPES.keys()].join(', '),
    ...suggestion(name, SHAPES.keys()),
    try: 'name one of these, or write the links yourself',
  };
}
