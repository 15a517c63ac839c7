import { takePage } from '../address.js';
import type { Markup } from '../markup.js';
import { html } from '../markup.js';
import { lapsOf } from '../pictures/score.js';
import type { HeldRecording } from '../sounds/write-recordings.js';
import type { HeldSounds } from '../sounds/write-sounds.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { takeAt, within } from '../tale/takes.js';
import { tellTake } from '../told/tell-take.js';
import { clock, count, day, lasting, many, size } from '../written.js';
import { biasCurves, provenance, scenarioSection } from './facts.js';
import { journalTable } from './journal-table.js';
import { page } from './page.js';
import { section } from './region.js';
import { stage } from './stage.js';
import { story } from './story.js';
import type { PageOf } from './story.js';

/** A take and what was written for it. */
export interface TakeParts {
  readonly tale: Tale;
  readonly takes: readonly Take[];
  readonly take: Take;
  readonly recordings: readonly HeldRecording[];
  readonly sounds: HeldSounds;
  readonly drawing: string | undefined;
  readonly siteTitle: string;
  readonly version: string;
}

/** The page of one take. */
export function takePageText(parts: TakeParts): string {
  const { tale, take, recordings, sounds, drawing, version } = parts;
  const pageOf = pageFinder(parts);
  const { title } = tale.record;
  const which = take.of > 1 ? `take ${take.number} of ${take.of}, ` : '';
  const span = `${clock(take.from)} to ${clock(take.to)}`;
  return page({
    title: `${title}, ${which}${tale.record.run}`,
    summary: `Sound, score, ancestry and story of ${title} (${tale.record.run}), ${span}.`,
    scripts: [`data/${tale.slug}.js`, 'score.js', 'ancestry.js'],
    version,
    body: html`<header>${trail(parts)}${head(tale, take)}</header>
<main id="main">
${stage(tale, take, recordings)}
${ancestry(sounds)}
${story(tellTake(tale, take), pageOf)}
${biasCurves(tale)}
${scenarioSection(tale, drawing)}
${provenance(tale)}
${journalTable(tale, take, { pageOf, files: sounds.files })}
</main>
${takeLinks(parts)}`,
  });
}

/** Places of this take are on this page; those of a fork's past are on none. */
function pageFinder({ tale, takes, take }: TakeParts): PageOf {
  return (place) => {
    const one = tale.byId.get(place);
    if (one === undefined || one.line === 0 || within(take, one.at)) return '';
    return takePage(tale.slug, takeAt(takes, one.at).number);
  };
}

function trail({ siteTitle }: TakeParts): Markup {
  return html`<nav aria-label="Site"><a href="index.html">← ${siteTitle}</a></nav>`;
}

function head(tale: Tale, take: Take): Markup {
  const { record, kinds, said } = tale;
  const own = said.filter(({ line, at }) => line > 0 && within(take, at));
  const which =
    take.of > 1 && `Take ${take.number} of ${take.of}: ${clock(take.from)} to ${clock(take.to)}`;
  const facts = [
    ...(kinds.size > 0 ? [many(kinds.size, 'agent')] : []),
    many(own.length, 'envelope'),
    `${many(lapsOf({ said: own }), 'lap')} at most`,
    record.exact ? 'repeatable to the byte' : 'not exactly repeatable',
  ];
  return html`<h1>${record.title}</h1>
<p class="sub">${which && html`<strong>${which}</strong> · `}${lasting(take.to - take.from)} ·
${day(record.startedAt)} · seed <span class="figure">${record.seed}</span> ·
run <span class="id">${record.run}</span></p>
<p class="sub dim">${facts.join(' · ')}</p>`;
}

function ancestry({ files, unfit, gone, bytes }: HeldSounds): Markup {
  const left = [
    unfit > 0 && `${count(unfit)} did not fit into the space for sounds`,
    gone > 0 && `${count(gone)} are no longer in the archive`,
  ].filter(Boolean);
  const lie = files.size === 1 ? 'lies' : 'lie';
  const held = `${many(files.size, 'single sound')} of this run ${lie} beside this page`;
  const space = bytes > 0 ? ` (${size(bytes)})` : '';
  return section(
    'ancestry',
    'Ancestry',
    html`<div id="family"><p class="dim">${WITHOUT_SCRIPTS}</p></div>
<p class="dim small">${held}${space}${left.length > 0 && `; ${left.join(', and ')}`}.</p>`,
  );
}

const WITHOUT_SCRIPTS = `Choose a bar of the score, or an id in the text: its ancestors appear here,
and each that is a sound can be heard. Without scripts, the journal below names the parents of every
envelope.`;

function takeLinks({ tale, takes, take }: TakeParts): Markup | false {
  if (takes.length === 1) return false;
  const links = takes.map(({ number, from }) => {
    const here = number === take.number && html` aria-current="page"`;
    const began = html`<span class="figure">${clock(from)}</span>`;
    const page = takePage(tale.slug, number);
    return html`<li><a href="${page}"${here}>Take ${number} ${began}</a></li>`;
  });
  return html`<nav class="takes" aria-label="Takes of this run"><ol>${links}</ol></nav>`;
}
