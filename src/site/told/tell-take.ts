import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { within } from '../tale/takes.js';
import { beginnings, firstAnswers } from './beginnings.js';
import { endings } from './endings.js';
import { lapRecords } from './laps.js';
import { mostMatched } from './matches.js';
import type { Sentence } from './sentence.js';
import { silences } from './silences.js';
import { controls, drops, events } from './troubles.js';

/**
 * What happened in a take, in plain words and in order of time. Everything told is counted or found
 * in the journal, and every sentence names the records that it rests on.
 */
export function tellTake(tale: Tale, take: Take): readonly Sentence[] {
  const all = [
    ...beginnings(tale),
    ...firstAnswers(tale),
    ...lapRecords(tale),
    ...drops(tale),
    ...events(tale),
    ...controls(tale),
    ...mostMatched(tale),
    ...endings(tale),
  ].filter(({ at }) => within(take, at));
  return [...all, ...silences(tale, take)].toSorted((a, b) => a.at - b.at);
}
