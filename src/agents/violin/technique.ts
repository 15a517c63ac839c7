import type { Random } from '../../core/index.js';
import type { Technique } from '../../audio/index.js';
import type { Colour } from './colour.js';
import type { HeardNote } from './hearing.js';

/** From here on a change of pitch within a note is a slide: over half a semitone. */
const SLIDE_OCTAVES = 0.55 / 12;
const SLIDE_SECONDS_MIN = 0.2;
/** Plucked strings fall by this much from the first half of the note to the second. */
const PLUCKED_FALL_DB = 7.5;
/** Tremolo flutters by this much; steady bowing by about 1 dB. */
const TREMOLO_FLUTTER_DB = 1.8;
const HIGH_HZ = 1300;

/** The technique that is most like a note as it was heard. */
export function techniqueLike(note: HeardNote, colour: Colour, random: Random): Technique {
  if (note.f0Hz === 0) return random.next() < 0.6 ? 'col-legno' : 'sul-ponticello';
  if (note.trillHz !== undefined) return 'trill';
  const slide = Math.abs(Math.log2(note.toF0Hz / note.f0Hz));
  if (slide > SLIDE_OCTAVES && note.seconds > SLIDE_SECONDS_MIN) return 'glissando';
  if (note.fallDb > PLUCKED_FALL_DB && note.seconds < 1.2) return 'pizzicato';
  if (note.flutterDb > TREMOLO_FLUTTER_DB && note.seconds > 0.3) return 'tremolo';
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
