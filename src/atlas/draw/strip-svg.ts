import type { Picture, Trail } from '../atlas.js';
import { endName, endTime } from '../speech.js';
import { dataUri, escaped, inkOf, short } from './ink.js';

/** Width and height of a strip, in pixels. */
export const STRIP = { width: 960, height: 92 } as const;

/** Thumbnails fill their place: up to six are broad, up to eight narrower. */
const THUMB = { x: 118, height: 46, room: 500, gap: 6, most: 8, few: 6 };
const CURVE = { x: 640, y: 18, width: 112, height: 46 };
const END = { x: 776, width: 180, height: 60 };

/**
 * One trail as a strip: the probe, its laps 1, 2, 4, 8 … as spectrograms, how far it was from its
 * end, and the end itself, larger. SVG without its frame.
 */
export function stripSvg(trail: Trail): string {
  return [named(trail), ...thumbs(trail), curve(trail), end(trail)].join('\n');
}

/** What a strip shows, in words. */
export function stripAlt(trail: Trail): string {
  const place = trail.basin === undefined ? '' : `, basin ${trail.basin}`;
  return `${trail.probe}: ${endName(trail)} ${endTime(trail)}${place}`.trim();
}

function named(trail: Trail): string {
  const time = endTime(trail);
  return [
    `<text class="strong" x="0" y="30">${escaped(brief(trail.probe))}</text>`,
    `<text x="0" y="48" style="fill: ${inkOf(trail.basin)}">${endName(trail)}</text>`,
    `<text class="soft" x="0" y="64">${time}</text>`,
  ].join('');
}

/** A name that fits where names stand. */
export function brief(name: string): string {
  return name.length <= 16 ? name : `${name.slice(0, 15)}…`;
}

function thumbs({ pictures }: Trail): readonly string[] {
  const shown = pictures.slice(0, THUMB.most);
  const step = THUMB.room / (shown.length > THUMB.few ? THUMB.most : THUMB.few);
  const width = step - THUMB.gap;
  return shown.map(({ lap, png }, i) => {
    const x = THUMB.x + i * step;
    const label = lap === 0 ? 'probe' : `${lap}`;
    const middle = short(x + width / 2);
    return [
      image(png, { x, y: 18, width, height: THUMB.height }),
      `<text class="tiny" x="${middle}" y="78" text-anchor="middle">${label}</text>`,
    ].join('');
  });
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

function image(png: Uint8Array, { x, y, width, height }: Box): string {
  const box = `x="${short(x)}" y="${y}" width="${short(width)}" height="${height}"`;
  return `<image ${box} preserveAspectRatio="none" href="${dataUri(png)}"/>`;
}

/** How far each lap is from the end, in dB; the dot is where the trail has come to rest. */
function curve({ stations, fate, basin, answered }: Trail): string {
  const { x, y, width, height } = CURVE;
  const axis = `<path class="axis" d="M${x} ${y}V${y + height}H${x + width}"/>`;
  if (!answered) return axis;
  const far = stations.map(({ toEndDb }) => (Number.isFinite(toEndDb) ? toEndDb : 99));
  const most = Math.max(...far);
  const point = (lap: number): string => {
    const across = x + (lap * width) / Math.max(1, far.length - 1);
    return `${short(across)} ${short(y + height - (far[lap]! * height) / Math.max(1, most))}`;
  };
  const line = far.map((_, lap) => point(lap)).join('L');
  const at = Math.min(fate.at, far.length - 1);
  const [cx, cy] = point(at).split(' ');
  const ink = inkOf(basin);
  const dot = basin && `<circle cx="${cx}" cy="${cy}" r="3.5" fill="${ink}"/>`;
  const from = basin === undefined ? `lap ${far.length - 1}` : 'its end';
  return [
    axis,
    `<path d="M${line}" fill="none" stroke="${ink}" stroke-width="1.8"/>`,
    dot ?? '',
    `<text class="tiny" x="${x + 4}" y="${y - 5}">${short(most)} dB from ${from}</text>`,
    `<text class="tiny" x="${x + width}" y="78" text-anchor="end">lap ${far.length - 1}</text>`,
  ].join('');
}

/** The end: its phases side by side in a frame of its basin's colour, with the letter. */
function end(trail: Trail): string {
  const { x, width, height } = END;
  const phases = trail.answered ? trail.end : [];
  const each = width / Math.max(1, phases.length);
  const ink = inkOf(trail.basin);
  const dash = trail.basin === undefined ? ' stroke-dasharray="5 4"' : '';
  const frame = `x="${x}" y="14" width="${width}" height="${height}" rx="3"`;
  return [
    ...phases.map(({ png }: Picture, i) =>
      image(png, {
        x: x + i * each,
        y: 14,
        width: each - (i === phases.length - 1 ? 0 : 2),
        height,
      }),
    ),
    `<rect ${frame} fill="none" stroke="${ink}" stroke-width="2"${dash}/>`,
    badge(trail.basin, x, 14),
  ].join('');
}

/** A basin's letter on its colour, centred on a point. */
export function badge(basin: string | undefined, x: number, y: number, r = 11): string {
  const ink = inkOf(basin);
  const disc = `<circle cx="${short(x)}" cy="${short(y)}" r="${r}" fill="${ink}"/>`;
  const letter = `<text class="badge" x="${short(x)}" y="${short(y + 4.5)}">${basin ?? '–'}</text>`;
  return disc + letter;
}
