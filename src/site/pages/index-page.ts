import { takePage } from '../address.js';
import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { garden } from '../pictures/garden.js';
import { lapsOf } from '../pictures/score.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { clock, day, lasting, many } from '../written.js';
import { page } from './page.js';

/** A run as the index shows it. */
export interface IndexEntry {
  readonly tale: Tale;
  readonly takes: readonly Take[];
  /** A small spectrogram in the site's folder; absent for a run without a recording. */
  readonly picture: string | undefined;
}

/** The pixels of an index's spectrograms. */
export const THUMBNAIL = { columns: 480, bands: 96 } as const;

/** The index of a site: every run with its picture, how they came from one another, a search. */
export function indexPageText(
  entries: readonly IndexEntry[],
  { title, version }: { readonly title: string; readonly version: string },
): string {
  const paths = garden(entries.map(({ tale }) => tale));
  const newest = entries.toSorted((a, b) => startOf(b) - startOf(a));
  return page({
    title,
    summary: `An archive of ${many(entries.length, 'run')} of Demiurge, with sound, score and ancestry.`,
    scripts: ['data/index.js', 'index.js'],
    version,
    body: html`<header><h1>${title}</h1>
<p class="sub">${intro(entries)}</p></header>
<main id="main">
${
  paths &&
  html`<section id="garden" aria-labelledby="garden-title"><h2 id="garden-title">The garden</h2>
<p class="dim">Time runs to the right. A path that leaves another is a fork: it shares everything before that moment.</p>
<div class="scroll" tabindex="0" role="region" aria-label="Drawing of how the runs came from one another">${paths}</div></section>`
}
<section id="runs" aria-labelledby="runs-title"><h2 id="runs-title">Runs</h2>
<div class="finder" id="finder" hidden>
<p><label for="search">Search titles, agents, kinds, what happened, envelopes</label>
<input type="search" id="search" autocomplete="off" spellcheck="false"></p>
<p><label for="order">Order</label>
<select id="order"><option value="newest">newest first</option><option value="title">by title</option><option value="longest">longest first</option><option value="laps">most laps first</option></select></p>
</div>
<p id="found" role="status" class="dim"></p>
<ul class="hits" id="hits"></ul>
<ol class="runs" id="list">${newest.map(card)}</ol>
</section>
</main>`,
  });
}

function startOf({ tale }: IndexEntry): number {
  return Date.parse(tale.record.startedAt) || 0;
}

function intro(entries: readonly IndexEntry[]): string {
  const seconds = entries.reduce((sum, { tale }) => sum + tale.ends - tale.begins, 0);
  const said = entries.reduce(
    (sum, { tale }) => sum + tale.said.filter(({ line }) => line > 0).length,
    0,
  );
  return `${many(entries.length, 'run')}, ${lasting(seconds)} of music, ${many(said, 'envelope')}, each with its ancestors.`;
}

function card({ tale, takes, picture }: IndexEntry): Markup {
  const { record, slug, kinds, begins, ends } = tale;
  const first = takePage(slug, 1);
  const laps = lapsOf(tale);
  return html`<li class="card" id="run-${slug}" data-start="${Date.parse(record.startedAt) || 0}" data-length="${
    ends - begins
  }" data-laps="${laps}" data-title="${record.title}">
${
  picture !== undefined &&
  html`<img src="${picture}" alt="Spectrogram of the whole run" width="${THUMBNAIL.columns}" height="${THUMBNAIL.bands}" loading="lazy">`
}
<h3><a href="${first}">${record.title}</a></h3>
<p class="dim">${day(record.startedAt)} · ${lasting(ends - begins)} · ${many(laps, 'lap')} · seed ${record.seed} · <span class="id">${record.run}</span></p>
${kinds.size > 0 && html`<p class="dim small">${[...kinds.keys()].join(' · ')}</p>`}
${
  takes.length > 1 &&
  html`<p class="small">${takes.map(
    ({ number, from }) =>
      html`<a href="${takePage(slug, number)}" aria-label="${record.title}, take ${number} from ${clock(from)}">Take ${number}</a> `,
  )}</p>`
}
</li>
`;
}
