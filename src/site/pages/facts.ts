import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { trusted } from '../markup.js';
import { curveFigure } from '../pictures/curve-picture.js';
import type { Tale } from '../tale/tale.js';
import { day } from '../written.js';

/** The bias curves of a run, or that nobody computed them. */
export function biasCurves({ curves, archive }: Tale): Markup {
  return html`<section id="curves" aria-labelledby="curves-title">
<h2 id="curves-title">Bias curves</h2>
${
  curves === undefined || curves.length === 0
    ? html`<p class="dim">No curves were computed for this site of run ${archive.record.run}.</p>`
    : html`<div class="curves">${curves.map(curveFigure)}</div>`
}
</section>`;
}

/** The scenario of a run: its drawing where there is one, and its text as it was played. */
export function scenarioSection(tale: Tale, drawing: string | undefined): Markup {
  const { record, noScenario, archive } = tale;
  return html`<section id="scenario" aria-labelledby="scenario-title">
<h2 id="scenario-title">Scenario</h2>
${
  drawing === undefined
    ? html`<p class="dim">There is no drawing: ${noScenario ?? 'the scenario was not loaded'}.</p>`
    : html`<div class="drawing scroll" tabindex="0" role="region" aria-label="Drawing of the scenario">${trusted(
        drawing,
      )}</div>`
}
<details><summary>Its text as it was played, <span class="id">${record.scenario.hash.slice(0, 12)}</span></summary>
<pre tabindex="0" role="region" aria-label="Text of the scenario"><code>${archive.scenarioText()}</code></pre></details>
</section>`;
}

/** What the run was made from, whether it can be repeated exactly, and how. */
export function provenance(tale: Tale): Markup {
  const { record, summary } = tale;
  return html`<section id="repeat" aria-labelledby="repeat-title">
<h2 id="repeat-title">How to repeat it</h2>
<p>${
    record.exact
      ? 'The same scenario, seed, models and corpus give the same bytes again.'
      : `This run cannot be repeated exactly: ${record.inexact ?? 'no reason was written'}.`
  }</p>
<div class="commands">${commandsOf(tale).map(([what, command]) => copyable(what, command))}</div>
<dl class="facts">
${fact('Run', record.run)}${fact('Seed', String(record.seed))}${fact('Begun', day(record.startedAt))}${fact(
  'Clock and bus',
  `${record.clock}, ${record.bus}`,
)}${fact('Versions', versionsOf(record.versions))}${fact('Scenario', record.scenario.hash)}${
  summary?.digest !== undefined && fact('Journal', summary.digest)
}${record.origin !== undefined && fact('Origin', `${record.origin.how} of ${record.origin.run}`)}
</dl>
${models(tale)}
</section>`;
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
    ['Ask what sounded in the middle of it', `demiurge why ${run} ${middle}s`],
    ['Enter it there and go another way', `demiurge fork ${run} --at ${middle}s --seed 1`],
  ];
}

/** A word for a shell, whatever it contains. */
function quoted(word: string): string {
  return /^[\w./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

function copyable(what: string, command: string): Markup {
  return html`<div class="command"><p>${what}</p><pre tabindex="0" role="region" aria-label="Command: ${what}"><code>${command}</code></pre><button type="button" class="copy" hidden aria-label="Copy the command: ${what}">Copy</button></div>
`;
}

function models({ record }: Tale): Markup | false {
  if (record.models.length === 0) return false;
  return html`<div class="scroll" tabindex="0" role="region" aria-label="Models of this run"><table class="models"><caption>Models</caption><thead><tr><th scope="col">Role</th><th scope="col">Run</th><th scope="col">Trained</th><th scope="col">SHA-256 of its weights</th></tr></thead><tbody>${record.models.map(
    ({ role, run, hash, trained }) =>
      html`<tr><th scope="row">${role}</th><td class="id">${run}</td><td>${
        trained ? 'yes' : 'no'
      }</td><td class="id">${hash}</td></tr>`,
  )}</tbody></table></div>`;
}
