import { fitBlock, wrap } from '../draw/text.js';
import { boxed } from '../draw/box.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';
import { COMMANDS } from '../view/commands.js';
import { keysOn } from '../view/keys.js';
import type { PageName } from '../view/view.js';

/** Every key that is valid on a page and every command, from the tables that also do them. */
export function helpPage(page: PageName, look: Look, size: Size): readonly string[] {
  const keys = keysOn(page).map(({ keys: names, says, controls }) => {
    return `${names.join(' ').padEnd(20)} ${says}${controls ? ' (with --control)' : ''}`;
  });
  const commands = COMMANDS.map(({ name, takes, says }) => {
    return `${`:${name} ${takes}`.padEnd(28)} ${says}`;
  });
  const half = Math.floor(size.columns / 2);
  const both = size.columns >= 110;
  const wide = both ? half - 3 : size.columns - 3;
  const lines = (all: readonly string[]): string[] =>
    all.flatMap((line) => wrap(line, wide)).map((line) => ` ${line}`);
  const title = `keys on the page of ${page === 'swarm' ? 'the swarm' : `a ${page}`}`;
  if (!both) return boxed({ title }, [...lines(keys), '', ...lines(commands)], look, size);
  const rooms = [half, size.columns - half].map((columns) => ({ columns, rows: size.rows }));
  const [left, right] = [
    boxed({ title }, lines(keys), look, rooms[0] as Size),
    boxed({ title: 'commands' }, lines(commands), look, rooms[1] as Size),
  ];
  return fitBlock(
    left.map((line, row) => line + (right[row] ?? '')),
    size,
  );
}
