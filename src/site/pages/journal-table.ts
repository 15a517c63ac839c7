import { fragment, recordPlace } from '../address.js';
import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { within } from '../tale/takes.js';
import type { Utterance } from '../tale/utterance.js';
import { clock, lasting, many } from '../written.js';
import { heads, scrolling, section } from './region.js';
import type { PageOf } from './story.js';

interface Row {
  readonly line: number;
  readonly row: Markup;
}

/** Every record of a take, as written: the ground on which the rest of the page stands. */
export function journalTable(
  tale: Tale,
  take: Take,
  links: { readonly pageOf: PageOf; readonly files: ReadonlyMap<string, string> },
): Markup {
  const rows = [
    ...tale.said
      .filter(({ line, at }) => line > 0 && within(take, at))
      .map((one) => ({ line: one.line, row: saidRow(one, tale, links) })),
    ...otherRows(tale, take),
  ].toSorted((a, b) => a.line - b.line);
  const columns = heads('Record', 'Time', 'Envelope', 'Lap', 'Carries', 'From');
  const table = html`<table>${columns}<tbody>
${rows.map(({ row }) => row)}</tbody></table>`;
  return section(
    'journal',
    'Journal',
    html`<details class="journal"><summary>${many(rows.length, 'record')} of this take</summary>
${scrolling('Journal of this take', table)}</details>`,
  );
}

function saidRow(
  one: Utterance,
  tale: Tale,
  { pageOf, files }: { readonly pageOf: PageOf; readonly files: ReadonlyMap<string, string> },
): Markup {
  const { id, record, seconds, at, port } = one;
  const file = files.get(id);
  const parents = record.parents.map(([parent]) =>
    tale.byId.has(parent)
      ? html`<a href="${pageOf(parent)}${fragment(parent)}">${parent}</a> `
      : html`${parent} `,
  );
  const origins = (record.origins ?? []).map(([name, sample]) => `${name} at sample ${sample} `);
  const what = `${port}: ${record.carries}${seconds > 0 ? `, ${lasting(seconds)}` : ''}`;
  const heard = file === undefined ? what : html`<a href="${file}">${what}</a>`;
  return html`<tr id="${id}"><td>${one.line}</td><td>${clock(at, true)}</td>
<th scope="row">${id}</th><td>${record.lap}</td><td>${heard}</td><td>${parents}${origins}</td></tr>
`;
}

function otherRows({ dropped, happened, controls, record }: Tale, take: Take): readonly Row[] {
  const inTake = (time: number): boolean => within(take, time / record.sampleRate);
  const row = (line: number, time: number, what: string): Row => ({
    line,
    row: html`<tr id="${recordPlace(line)}"><td>${line}</td>
<td>${clock(time / record.sampleRate, true)}</td><td colspan="4">${what}</td></tr>
`,
  });
  return [
    ...dropped
      .filter(({ time }) => inTake(time))
      .map((one) => row(one.line, one.time, `${one.id} dropped on ${one.link}: ${one.reason}`)),
    ...happened
      .filter(({ time }) => inTake(time))
      .map((one) =>
        row(one.line, one.time, [one.agent, one.what, one.says].filter(Boolean).join(': ')),
      ),
    ...controls
      .filter(({ time }) => inTake(time))
      .map((one) => row(one.line, one.time, `control ${one.id}: ${JSON.stringify(one.control)}`)),
  ];
}
