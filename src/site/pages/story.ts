import { fragment } from '../address.js';
import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { section } from './region.js';
import type { Sentence } from '../told/sentence.js';
import { clock } from '../written.js';

/** Where each place that a sentence cites stands: the page of its take, from the present one. */
export type PageOf = (place: string) => string;

/** What happened, one sentence a line, each with its time and links to what it rests on. */
export function story(sentences: readonly Sentence[], pageOf: PageOf): Markup {
  const told = html`<ol class="story">${sentences.map((one) => line(one, pageOf))}</ol>`;
  const none = html`<p class="dim">The journal has nothing first, last or unusual here.</p>`;
  return section('story', 'What happened', sentences.length === 0 ? none : told);
}

function line({ at, parts }: Sentence, pageOf: PageOf): Markup {
  return html`<li><span class="when figure">${clock(at, true)}</span><span>${parts.map((part) =>
    typeof part === 'string'
      ? part
      : html`<a class="id" href="${pageOf(part.place)}${fragment(part.place)}">${part.shown}</a>`,
  )}</span></li>
`;
}
