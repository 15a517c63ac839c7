import type { Random } from '../../core/index.js';
import type { Technique } from '../../audio/index.js';
import type { Colour } from './colour.js';
import type { HeardNote } from './hearing.js';

/** From here on a change of pitch within a note is a slide: one and a half semitones. */
const SLIDE_OCTAVES = 1.5 / 12;
const HIGH_HZ = 1300;

/** The technique that is most like a note as it was heard. */
export function techniqueLike(note: HeardNote, colour: Colour, random: Random): Technique {
  if (note.f0Hz === 0) return random.next() < 0.6 ? 'col-legno' : 'sul-ponticello';
  if (Math.abs(Math.log2(note.toF0Hz / note.f0Hz)) > SLIDE_OCTAVES) return 'glissando';
  if (note.fallDb > 9 && note.seconds < 0.9) return 'pizzicato';
  if (note.waverDb > 4.5 && note.seconds > 0.3) return 'tremolo';
  return bowedLike(note, colour, random);
}

function bowedLike(note: HeardNote, colour: Colour, random: Random): Technique {
  if (colour.brightness > 0.5 + 0.5 * random.next()) return 'sul-ponticello';
  if (colour.restlessness > 0.4 + 0.6 * random.next() && note.seconds > 0.3) return 'tremolo';
  if (note.f0Hz > HIGH_HZ && random.next() < 0.5) return 'harmonics';
  return note.seconds < 0.35 ? 'detache' : 'ordinario';
}

/** A technique that is as unlike another as the violin allows. */
export function techniqueUnlike(technique: Technique, random: Random): Technique {
  return random.pick(UNLIKE[technique]);
}

const UNLIKE: Readonly<Record<Technique, readonly Technique[]>> = {
  ordinario: ['pizzicato', 'col-legno', 'tremolo'],
  detache: ['glissando', 'harmonics', 'ordinario'],
  harmonics: ['sul-ponticello', 'detache', 'col-legno'],
  trill: ['harmonics', 'ordinario', 'pizzicato'],
  tremolo: ['ordinario', 'harmonics', 'glissando'],
  'sul-ponticello': ['harmonics', 'ordinario', 'pizzicato'],
  glissando: ['pizzicato', 'detache', 'trill'],
  pizzicato: ['ordinario', 'trill', 'glissando'],
  'col-legno': ['ordinario', 'harmonics', 'tremolo'],
};
