import type { Markup } from '../markup.js';
import { html, trusted } from '../markup.js';
import { curveFigure } from '../pictures/curve-picture.js';
import type { Tale } from '../tale/tale.js';
import { day } from '../written.js';
import { heads, scrolling, section, verbatim } from './region.js';

/** The bias curves of a run, or that nobody computed them. */
export function biasCurves({ curves, record }: Tale): Markup {
  const none = html`<p class="dim">No curves were computed for this site of run ${record.run}.</p>`;
  const drawn = html`<div class="curves">${(curves ?? []).map(curveFigure)}</div>`;
  return section('curves', 'Bias curves', (curves ?? []).length === 0 ? none : drawn);
}

/** The scenario of a run: its drawing where there is one, and its text as it was played. */
export function scenarioSection(tale: Tale, drawing: string | undefined): Markup {
  const { record, noScenario = 'the scenario was not loaded', archive } = tale;
  const picture =
    drawing === undefined
      ? html`<p class="dim">There is no drawing: ${noScenario}.</p>`
      : scrolling('Drawing of the scenario', trusted(drawing), 'drawing scroll');
  const hash = html`<span class="id">${record.scenario.hash.slice(0, 12)}</span>`;
  return section(
    'scenario',
    'Scenario',
    html`${picture}
<details><summary>Its text as it was played, ${hash}</summary>
${verbatim('Text of the scenario', archive.scenarioText())}</details>`,
  );
}

/** What the run was made from, whether it can be repeated exactly, and how. */
export function provenance(tale: Tale): Markup {
  const { exact, inexact = 'no reason was written' } = tale.record;
  const how = exact
    ? 'The same scenario, seed, models and corpus give the same bytes again.'
    : `This run cannot be repeated exactly: ${inexact}.`;
  return section(
    'repeat',
    'How to repeat it',
    html`<p>${how}</p>
<div class="commands">${commandsOf(tale).map(([what, command]) => copyable(what, command))}</div>
<dl class="facts">
${factsOf(tale).map(([name, value]) => fact(name, value))}</dl>
${models(tale)}`,
  );
}

function factsOf({ record, summary }: Tale): readonly (readonly [string, string])[] {
  const { origin } = record;
  return [
    ['Run', record.run],
    ['Seed', String(record.seed)],
    ['Begun', day(record.startedAt)],
    ['Clock and bus', `${record.clock}, ${record.bus}`],
    ['Versions', versionsOf(record.versions)],
    ['Scenario', record.scenario.hash],
    ...(summary?.digest === undefined ? [] : ([['Journal', summary.digest]] as const)),
    ...(origin === undefined ? [] : ([['Origin', `${origin.how} of ${origin.run}`]] as const)),
  ];
}

function versionsOf(versions: Readonly<Record<string, string>>): string {
  return Object.entries(versions)
    .map(([name, version]) => `${name} ${version}`)
    .join(', ');
}

function fact(name: string, value: string): Markup {
  return html`<div><dt>${name}</dt><dd class="id">${value}</dd></div>
`;
}

function commandsOf({ record, begins, ends }: Tale): readonly (readonly [string, string])[] {
  const run = quoted(record.run);
  const middle = Math.round(begins + (ends - begins) / 2);
  return [
    ['Play it again and compare', `demiurge replay ${run} --check`],
    ['Ask what sounded in the middle', `demiurge why ${run} ${middle}s`],
    ['Enter it there and go on otherwise', `demiurge fork ${run} --at ${middle}s --seed 1`],
  ];
}

/** A word for a shell, whatever it contains. */
function quoted(word: string): string {
  return /^[\w./][\w./-]*$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function copyable(what: string, command: string): Markup {
  const label = `Copy the command: ${what}`;
  return html`<div class="command"><p>${what}</p>
${verbatim(`Command: ${what}`, command)}
<button type="button" class="copy" hidden aria-label="${label}">Copy</button></div>
`;
}

function models({ record }: Tale): Markup | false {
  if (record.models.length === 0) return false;
  const rows = record.models.map(
    ({
      role,
      run,
      hash,
      trained,
    }) => html`<tr><th scope="row">${role}</th><td class="id">${run}</td>
<td>${trained ? 'yes' : 'no'}</td><td class="id">${hash}</td></tr>`,
  );
  return scrolling(
    'Models of this run',
    html`<table class="models"><caption>Models</caption>
${heads('Role', 'Run', 'Trained', 'SHA-256 of its weights')}<tbody>${rows}</tbody></table>`,
  );
}
