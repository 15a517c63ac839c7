import { takePage } from '../address.js';
import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { garden } from '../pictures/garden.js';
import { lapsOf } from '../pictures/score.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { clock, day, lasting, many } from '../written.js';
import { page } from './page.js';
import { scrolling, section } from './region.js';

/** A run as the index shows it. */
export interface IndexEntry {
  readonly tale: Tale;
  readonly takes: readonly Take[];
  /** A small spectrogram in the site's folder; absent for a run without a recording. */
  readonly picture: string | undefined;
}

/** The pixels of an index's spectrograms. */
export const THUMBNAIL = { columns: 900, bands: 96 } as const;

/** The index of a site: every run with its picture, how they came from one another, a search. */
export function indexPageText(
  entries: readonly IndexEntry[],
  { title, version }: { readonly title: string; readonly version: string },
): string {
  const paths = garden(entries.map(({ tale }) => tale));
  const newest = entries.toSorted((a, b) => startOf(b) - startOf(a));
  return page({
    title,
    summary: `${many(entries.length, 'run')} of Demiurge, with sound, score and ancestry.`,
    scripts: ['data/index.js', 'index.js'],
    version,
    body: html`<header><h1>${title}</h1>
<p class="sub">${intro(entries)}</p></header>
<main id="main">
${paths !== undefined && gardenSection(paths)}
${section('runs', 'Runs', html`${FINDER}<ol class="runs" id="list">${newest.map(card)}</ol>`)}
</main>`,
  });
}

function gardenSection(paths: Markup): Markup {
  const words = `Time runs to the right. A path that leaves another is a fork: all before that
moment they share.`;
  return section(
    'garden',
    'The garden',
    html`<p class="dim">${words}</p>
${scrolling('Drawing of how the runs came from one another', paths)}`,
  );
}

// Shown by the script that makes it work.
const FINDER = html`<div class="finder" id="finder" hidden>
<p><label for="search">Search titles, agents, kinds, what happened, envelopes</label>
<input type="search" id="search" autocomplete="off" spellcheck="false"></p>
<p><label for="order">Order</label>
<select id="order"><option value="newest">newest first</option>
<option value="title">by title</option><option value="longest">longest first</option>
<option value="laps">most laps first</option></select></p>
</div>
<p id="found" role="status" class="dim"></p>
<ul class="hits" id="hits"></ul>
`;

function startOf({ tale }: IndexEntry): number {
  return Date.parse(tale.record.startedAt) || 0;
}

function intro(entries: readonly IndexEntry[]): string {
  const seconds = entries.reduce((sum, { tale }) => sum + tale.ends - tale.begins, 0);
  const said = entries.reduce(
    (sum, { tale }) => sum + tale.said.filter(({ line }) => line > 0).length,
    0,
  );
  const music = `${many(entries.length, 'run')}, ${lasting(seconds)} of music`;
  return `${music}, ${many(said, 'envelope')}, each with its ancestors.`;
}

function card({ tale, takes, picture }: IndexEntry): Markup {
  const { record, slug, kinds, begins, ends } = tale;
  const laps = lapsOf(tale);
  const start = Date.parse(record.startedAt) || 0;
  const length = ends - begins;
  const facts = `${day(record.startedAt)} · ${lasting(length)} · ${many(laps, 'lap')}`;
  return html`<li class="card" id="run-${slug}" data-start="${start}" data-length="${length}"
 data-laps="${laps}" data-title="${record.title}">
${picture !== undefined && thumbnail(picture)}
<h3><a href="${takePage(slug, 1)}">${record.title}</a></h3>
<p class="dim">${facts} · seed ${record.seed} · <span class="id">${record.run}</span></p>
${kinds.size > 0 && html`<p class="dim small">${[...kinds.keys()].join(' · ')}</p>`}
${takes.length > 1 && html`<p class="small">${takes.map((take) => takeLink(tale, take))}</p>`}
</li>
`;
}

function thumbnail(picture: string): Markup {
  const { columns, bands } = THUMBNAIL;
  return html`<img src="${picture}" alt="Spectrogram of the whole run" loading="lazy"
 width="${columns}" height="${bands}">`;
}

function takeLink({ slug, record }: Tale, { number, from }: Take): Markup {
  const label = `Take ${number} of ${record.title}, from ${clock(from)}`;
  return html`<a href="${takePage(slug, number)}" aria-label="${label}">Take ${number}</a> `;
}
