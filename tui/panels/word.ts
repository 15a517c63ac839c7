import type { StateWord } from '../look/glyphs.js';
import type { Look } from '../look/look.js';
import { roleOfWord } from '../sight/word.js';

/** A state as its glyph and its word, painted. */
export function wordWithGlyph(look: Look, word: StateWord): string {
  return look.paint(roleOfWord(word), `${look.glyphs.states[word]} ${word}`);
}
