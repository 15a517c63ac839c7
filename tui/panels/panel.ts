import type { Look } from '../look/look.js';
import type { Sight } from '../sight/sight.js';

/** Room for a panel, its frame included. */
export interface Size {
  readonly columns: number;
  readonly rows: number;
}

/** What the person has done that a panel shows. */
export interface PanelView {
  /** Whether keys go to this panel. */
  readonly focused?: boolean;
  /** The key of the selected row: an agent's name, a link's index, an alert's id. */
  readonly selected?: string;
  /** The first row to show where there are more than fit. */
  readonly offset?: number;
  /** The keys of the rows to show, in their order; all as they come unless given. */
  readonly order?: readonly string[];
  /** The filter as it was typed. */
  readonly filterText?: string;
  /** The loop a loop panel shows, by its number. */
  readonly loop?: number;
  /** Wall time since when the picture stands still. */
  readonly frozenSinceMs?: number;
  /** Wall time of now, where it is later than what is known. */
  readonly nowMs?: number;
  /** Frames a second, and milliseconds the latest took: the display's own cost. */
  readonly framesPerSecond?: number;
  readonly frameMs?: number;
  /** What stands in the last row of a page: the keys that do something here. */
  readonly footer?: string;
}

/** Draws exactly `size.rows` lines of exactly `size.columns` columns, painted. */
export type Panel = (sight: Sight, look: Look, size: Size, view?: PanelView) => readonly string[];
