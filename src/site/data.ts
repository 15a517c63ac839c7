import { takePage } from './address.js';
import { plain } from './told/sentence.js';
import type { Sentence } from './told/sentence.js';
import type { HeldSounds } from './sounds/write-sounds.js';
import { lapShade, lapsOf } from './pictures/score.js';
import type { Tale } from './tale/tale.js';
import type { Take } from './tale/takes.js';
import { takeAt } from './tale/takes.js';

/**
 * A document as a script that sets `window.demiurge`: pages opened from a folder may load scripts,
 * but no data. What could end a script or a line is written as an escape.
 */
export function dataScript(document: unknown): string {
  const text = JSON.stringify(document).replace(
    /[<>\u2028\u2029]/g,
    (char) => `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
  return `window.demiurge = ${text};\n`;
}

/**
 * What the pages of a run know of every envelope, each a row: id, agent, port, what it carries,
 * second, length, lap, shade, parents as row numbers (negative, less one, across a returning link),
 * sound file, page, origins.
 */
export function runData(tale: Tale, takes: readonly Take[], sounds: HeldSounds): unknown {
  const rows = new Map(tale.said.map(({ id }, row) => [id, row]));
  const laps = lapsOf(tale);
  return {
    run: tale.record.run,
    rows: tale.said.map(({ id, agent, port, at, seconds, line, record }) => [
      id,
      agent,
      port,
      record.carries,
      rounded(at),
      rounded(seconds),
      record.lap,
      lapShade(record.lap, laps),
      record.parents.flatMap(([parent, lap]) => {
        const row = rows.get(parent);
        if (row === undefined) return [];
        return [lap > (tale.byId.get(parent)?.record.lap ?? lap) ? -row - 1 : row];
      }),
      sounds.files.get(id) ?? 0,
      line > 0 ? takePage(tale.slug, takeAt(takes, at).number) : 0,
      (record.origins ?? []).map(([file, sample]) => `${file} at sample ${sample}`),
    ]),
    soundings: tale.soundings.map(({ said, from, to }) => [
      rows.get(said.id),
      rounded(from),
      rounded(to),
    ]),
  };
}

/** What the index searches: for every run its words, its sentences, its agents' envelopes. */
export function indexData(
  entries: readonly {
    tale: Tale;
    takes: readonly Take[];
    told: readonly (readonly Sentence[])[];
  }[],
): unknown {
  return entries.map(({ tale, takes, told }) => ({
    slug: tale.slug,
    run: tale.record.run,
    title: tale.record.title,
    words: [...tale.kinds].flat().join(' '),
    said: tale.said
      .filter(({ line }) => line > 0)
      .map(({ id, at }) => [id, takeAt(takes, at).number]),
    told: told.flatMap((sentences, i) => sentences.map((one) => [i + 1, plain(one)])),
  }));
}

function rounded(seconds: number): number {
  return Math.round(seconds * 1e4) / 1e4;
}
