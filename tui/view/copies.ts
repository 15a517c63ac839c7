import { selectedItem } from './items.js';
import { placeOf, type Scene, type View } from './view.js';

/** The selected row as JSON; undefined where there is none. */
export function copyOf(view: View, scene: Scene): string | undefined {
  const item = selectedItem(view, scene);
  return item && JSON.stringify(item.row);
}

/** The command line that shows the same as the page. */
export function commandLineOf(_view: View, { shown }: Scene): string | undefined {
  const run = shown.scene?.run;
  if (run === undefined) return undefined;
  return `demiurge top ${run} --json`;
}

/** What makes a terminal put text into the clipboard (OSC 52). */
export function clipboard(text: string): string {
  return `\u001b]52;c;${Buffer.from(text, 'utf8').toString('base64')}\u0007`;
}

/** Where one is: every page one came through. */
export function breadcrumb({ stack }: View): string {
  return stack
    .map(({ page, subject }) => (subject === '' ? page : `${page} ${subject}`))
    .join(' > ');
}

/** The name of the list that is shown. */
export function listName(view: View): string {
  const { page, focus } = placeOf(view);
  return page === 'swarm' ? focus : page;
}
