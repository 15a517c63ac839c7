import type { Markup, Shown } from '../markup.js';
import { html } from '../markup.js';

/** What differs from page to page. */
export interface PageParts {
  readonly title: string;
  /** What the page is, in a sentence, for whoever lists it. */
  readonly summary: string;
  readonly body: Shown;
  /** Scripts from the site's folder, in order. */
  readonly scripts: readonly string[];
  readonly version: string;
}

// Nothing may be fetched from elsewhere, whatever a name from outside should contain.
const POLICY =
  "default-src 'none'; img-src 'self' data: file:; media-src 'self' file:; " +
  "style-src 'self' file: 'unsafe-inline'; script-src 'self' file:";

/** A whole page. It needs its style sheet and scripts beside it and nothing else. */
export function page({ title, summary, body, scripts, version }: PageParts): string {
  const { text }: Markup = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="generator" content="Demiurge ${version}">
<meta name="description" content="${summary}">
<meta http-equiv="Content-Security-Policy" content="${POLICY}">
<title>${title}</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="site.css">
${scripts.map((script) => html`<script defer src="${script}"></script>\n`)}</head>
<body>
<a class="skip" href="#main">To the content</a>
${body}
<footer><p>Written by Demiurge ${version} from the journals of its runs.
Every sentence names the records it rests on.</p></footer>
</body>
</html>
`;
  return text;
}
