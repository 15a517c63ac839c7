import { html } from '../markup.js';
import type { Markup } from '../markup.js';
import { LAP_SHADES, laneSvg, lanesOf, lapsOf } from '../pictures/score.js';
import type { Lane } from '../pictures/score.js';
import type { HeldRecording } from '../sounds/write-recordings.js';
import { SPECTROGRAM } from '../sounds/write-recordings.js';
import type { Tale } from '../tale/tale.js';
import type { Take } from '../tale/takes.js';
import { clock, lasting } from '../written.js';
import { section } from './region.js';

/**
 * The stage of a take: what was recorded, as sound, spectrogram and waveform, over the score of all
 * agents, all on one axis of time.
 */
export function stage(tale: Tale, take: Take, recordings: readonly HeldRecording[]): Markup {
  const lanes = lanesOf(tale, take);
  const laps = lapsOf(tale);
  const rows = html`<div class="rows">
${recordings.map((one) => pictures(one, take))}
${lanes.map((lane, i) => laneRow(lane, { first: lanes[i - 1]?.agent !== lane.agent, take, laps }))}
${axis(take)}
<div class="playhead" id="playhead" hidden></div>
</div>`;
  return section(
    'sound',
    'Sound and score',
    html`${recordings.length === 0 && html`<p class="dim">${UNHEARD}</p>`}
<div class="players">${recordings.map((one) => player(one, recordings.length > 1))}</div>
<div class="stage" id="stage" data-from="${take.from}" data-to="${take.to}" tabindex="0"
 role="region" aria-label="Spectrogram and score on one axis of time">${rows}</div>
<p class="tell" id="tell">${HINT}</p>
${legend(laps)}`,
  );
}

const UNHEARD = 'No recording of this take is in the run’s folder.';
const HINT = `Each bar is something that was said: hover or focus it to read what it is, choose it
to hear it and to see what it came from.`;

function player({ sound, agent, from, to }: HeldRecording, named: boolean): Markup {
  const label = `Recording by ${agent}, ${lasting(to - from)}`;
  const caption = named && html`<figcaption>${agent}</figcaption>`;
  return html`<figure class="player">${caption}<audio class="recording" controls preload="metadata"
 src="${sound}" data-from="${from}" data-to="${to}" aria-label="${label}"></audio></figure>`;
}

function pictures(
  { picture, waveform: outline, agent, from, to }: HeldRecording,
  take: Take,
): Markup {
  const length = take.to - take.from;
  const [left, width] = [(from - take.from) / length, (to - from) / length].map(percent);
  const place = `left:${left};width:${width}`;
  const alt = `Spectrogram of what ${agent} recorded, ${clock(from)} to ${clock(to)}, up to 10 kHz`;
  const { columns, bands } = SPECTROGRAM;
  const spectrogram = html`<img src="${picture}" alt="${alt}" width="${columns}" height="${bands}"
 style="${place}">`;
  return html`<div class="row picture">${label(agent, 'recorded')}
<div class="track seek">${spectrogram}</div></div>
<div class="row wave">${label('', 'waveform')}
<div class="track seek"><div class="held" style="${place}">${outline}</div></div></div>
`;
}

function label(name: string, rest: string): Markup {
  return html`<div class="label">${name} <span class="dim">${rest}</span></div>`;
}

function percent(share: number): string {
  return `${Number((share * 100).toFixed(4))}%`;
}

interface Placing {
  readonly first: boolean;
  readonly take: Take;
  readonly laps: number;
}

function laneRow(lane: Lane, { first, take, laps }: Placing): Markup {
  const name = label(first ? lane.agent : '', lane.port);
  return html`<div class="row score${first && ' first'}">${name}
<div class="track">${laneSvg(lane, take, laps)}</div></div>
`;
}

const STEPS = [0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 21_600, 86_400];
const TICKS = 10;

function axis({ from, to }: Take): Markup {
  const length = to - from;
  const step = STEPS.find((one) => length / one <= TICKS) ?? length / TICKS;
  const first = Math.ceil(from / step - 1e-6);
  const ticks = Array.from(
    { length: Math.max(0, Math.floor(to / step + 1e-6) - first + 1) },
    (_, i) => (first + i) * step,
  );
  const labels = ticks.map((at) => {
    const share = (at - from) / length;
    const style = `left:${percent(share)}`;
    return html`<span class="${edge(share)}" style="${style}">${clock(at, step < 1)}</span>`;
  });
  return html`<div class="row axis">${label('', 'time')}<div class="track">${labels}</div></div>`;
}

/** Labels at the ends of the axis stay within it. */
function edge(share: number): string {
  if (share < 0.02) return 'first';
  return share > 0.98 ? 'last' : 'inner';
}

function legend(laps: number): Markup {
  const shades = Array.from({ length: laps === 0 ? 1 : LAP_SHADES }, (_, i) => i);
  const swatches = shades.map((i) => html`<i class="swatch l${i}"></i>`);
  const most =
    laps > 0 && html`<span><span class="figure">${laps}</span>, the most in this run</span>`;
  return html`<p class="legend">Laps: <span class="figure">0</span> ${swatches} ${most}</p>`;
}
