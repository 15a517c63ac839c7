import type { Markup, Shown } from '../markup.js';
import { html } from '../markup.js';

/** A titled part of a page, which links and readers of screens find by its name. */
export function section(id: string, title: string, body: Shown): Markup {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>`;
}

/** What may be wider than the page: it scrolls by itself, also with keys. */
export function scrolling(label: string, body: Shown, className = 'scroll'): Markup {
  return html`<div class="${className}" tabindex="0" role="region" aria-label="${label}">${body}
</div>`;
}

/** Text as it was written, which scrolls by itself. */
export function verbatim(label: string, text: string): Markup {
  return html`<pre tabindex="0" role="region" aria-label="${label}"><code>${text}</code></pre>`;
}

/** The heads of a table's columns. */
export function heads(...names: readonly string[]): Markup {
  return html`<thead><tr>${names.map((name) => html`<th scope="col">${name}</th>`)}</tr></thead>`;
}
