import { shortDb } from '../draw/number.js';
import type { Look } from '../look/look.js';
import type { PanelView, Size } from '../panels/panel.js';
import { findLatest } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import type { Item } from '../view/items.js';
import { listRows } from './list.js';
import { section, stackedRows } from './section.js';

/** One envelope: what it carries, from whom, how old; then its sound, its parents, its children. */
export function messagePage(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView & { readonly id: string; readonly items: readonly Item[] },
): readonly string[] {
  const facts = factsOf(sight, look, view.id);
  const listing = { title: 'sound, parents, children', items: view.items, selected: view.selected };
  return stackedRows(size, [
    [facts.length + 2, (room) => section(look.safe(view.id), facts, look, room)],
    ['rest', (room) => listRows(listing, look, room)],
  ]);
}

function factsOf(sight: Sight, look: Look, id: string): readonly string[] {
  const one = findLatest(sight.said, (said) => said.id === id);
  if (one === undefined) return [' said before this display began to listen'];
  const size = `${one.shape.join(' x ')} of ${one.carries}, ${one.bytes} bytes`;
  const sounds = one.durationSeconds === undefined ? '' : `, ${one.durationSeconds.toFixed(2)} s`;
  const origins = (one.origins ?? []).map(
    ({ file, seconds }) => ` from ${look.safe(file)} at ${seconds.toFixed(2)} s`,
  );
  return [
    ` said by ${look.safe(one.agent)}.${look.safe(one.port)} at ${one.seconds.toFixed(3)} s`,
    ` lap ${one.lap}, ${one.parents.length} parents`,
    ` ${size}${sounds}`,
    ` level ${shortDb(one.rmsDb)} dB, peak ${shortDb(one.peakDb)} dB`,
    ...origins,
  ];
}
