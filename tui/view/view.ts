import type { ControlRequest } from '../../src/telemetry/index.js';
import type { ThemeName } from '../look/theme.js';
import type { Sight } from '../sight/sight.js';

/** The pages: each opens the next for what is selected on it, but `curves`, which has no list. */
export const PAGES = ['swarm', 'loop', 'agent', 'message', 'sound', 'curves'] as const;

/** A page of the display. */
export type PageName = (typeof PAGES)[number];

/** What a selection on the first page moves through. */
export const FOCI = ['agents', 'loops', 'links', 'alerts'] as const;

/** A list of the first page. */
export type Focus = (typeof FOCI)[number];

/** A page, what it is about, and what is selected on it. */
export interface Place {
  readonly page: PageName;
  /** A loop's number, an agent's or an envelope's id; empty on the first page. */
  readonly subject: string;
  readonly focus: Focus;
  /** The id of what is selected; it stays selected wherever its row moves. */
  readonly selected: string | undefined;
  /** Which column the agents are sorted by; -1 is the order of the scenario. */
  readonly sort: number;
}

/** What is being typed at the bottom. */
export interface Typing {
  readonly what: 'filter' | 'command' | 'confirm';
  readonly text: string;
  /** What confirming does, and the word that must be typed for it. */
  readonly request?: ControlRequest;
  readonly word?: string;
}

/** What the person at the display has done so far. */
export interface View {
  /** The pages one came through; the last is shown. */
  readonly stack: readonly Place[];
  /** Kept for each page and list, and there again when one comes back. */
  readonly filters: Readonly<Record<string, string>>;
  readonly typing: Typing | undefined;
  readonly help: boolean;
  /** The picture that stands still, and the wall time it was taken at. */
  readonly frozen: { readonly sight: Sight; readonly wallMs: number } | undefined;
  /** Whether the focused panel fills the screen. */
  readonly full: boolean;
  /** Whether the latest messages are shown below the page. */
  readonly split: boolean;
  readonly theme: ThemeName;
  /** The latest answer to something that was done. */
  readonly says: string;
}

/** What the display does besides drawing. */
export type Effect =
  | { readonly type: 'quit' }
  | { readonly type: 'interrupt' }
  | { readonly type: 'copy'; readonly text: string }
  | { readonly type: 'request'; readonly control: ControlRequest };

/** A view and what is to be done. */
export interface Stepped {
  readonly view: View;
  readonly effects: readonly Effect[];
}

/** What a key is pressed upon. */
export interface Scene {
  /** What is shown: the frozen picture if there is one. */
  readonly shown: Sight;
  readonly live: Sight;
  readonly wallMs: number;
  /** Rows a list has room for: what a page up or down moves by. */
  readonly page: number;
}

/** The view before the first key. */
export function firstView(theme: ThemeName): View {
  return {
    stack: [place('swarm', '')],
    filters: {},
    typing: undefined,
    help: false,
    frozen: undefined,
    full: false,
    split: false,
    theme,
    says: '',
  };
}

/** A page as it is when it is opened. */
export function place(page: PageName, subject: string): Place {
  return { page, subject, focus: 'agents', selected: undefined, sort: -1 };
}

/** The page that is shown. */
export function placeOf({ stack }: View): Place {
  return stack.at(-1) as Place;
}

/** The view with the shown page changed. */
export function withPlace(view: View, change: Partial<Place>): View {
  return { ...view, stack: [...view.stack.slice(0, -1), { ...placeOf(view), ...change }] };
}

/** The name under which a place's filter is kept. */
export function filterKey({ page, focus }: Place): string {
  return page === 'swarm' ? `swarm ${focus}` : page;
}
