import { boxed } from '../draw/box.js';
import { fit } from '../draw/text.js';
import type { Look } from '../look/look.js';
import type { Size } from '../panels/panel.js';
import { valuesOf } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';

/** The latest messages of everybody, the newest last: the second pane. */
export function latestMessages(sight: Sight, look: Look, size: Size): readonly string[] {
  const lines = valuesOf(sight.said, size.rows - 2).map(({ id, port, carries, lap, seconds }) => {
    const at = `${seconds.toFixed(2).padStart(9)} s`;
    const text = `${at}  ${id.padEnd(16)} ${port}: ${carries}, lap ${lap}`;
    return fit(` ${look.safe(text)}`, size.columns - 2, look.glyphs.more);
  });
  return boxed({ title: 'latest messages' }, lines, look, size);
}
