import type { Look } from '../look/look.js';
import { nowPlaying } from '../panels/now-playing.js';
import type { PanelView, Size } from '../panels/panel.js';
import { emptyRing, findLatest, withValue } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import type { Item } from '../view/items.js';
import { bar } from '../draw/bar.js';
import { listRows } from './list.js';
import { section, stackedRows } from './section.js';

/** One sound that reached a recorder: its spectrogram, what it descends from, its lineage. */
export function soundPage(
  sight: Sight,
  look: Look,
  size: Size,
  view: PanelView & { readonly id: string; readonly items: readonly Item[] },
): readonly string[] {
  const sound = findLatest(sight.soundings, ({ id }) => id === view.id);
  if (sound === undefined) return section(look.safe(view.id), [' no longer kept'], look, size);
  const only: Sight = { ...sight, soundings: withValue(emptyRing(1), sound) };
  const roots = sound.roots.map(({ name, share }) => {
    const percent = `${Math.round(share * 100)} %`.padStart(5);
    return ` ${bar(share, 16, look.glyphs)} ${percent}  ${look.safe(name)}`;
  });
  const listing = { title: 'lineage', items: view.items, selected: view.selected };
  return stackedRows(size, [
    [Math.max(10, Math.floor(size.rows / 2)), (room) => nowPlaying(only, look, room, view)],
    [roots.length + 2, (room) => section('descends from', roots, look, room)],
    ['rest', (room) => listRows(listing, look, room)],
  ]);
}
