/** Colours of basins that hold on light and dark ground; the letter is always written too. */
const BASINS = [
  '#3d7dd8',
  '#d9822b',
  '#2a9d6f',
  '#c0498b',
  '#8a63d2',
  '#a88a0c',
  '#1f97ae',
  '#d0493f',
] as const;

/** The colour of who has no place to rest. */
const ASTRAY = '#8a93a5';

/** The colour of a basin's letter; grey for a trail without one. */
export function inkOf(basin: string | undefined): string {
  if (basin === undefined) return ASTRAY;
  const number =
    Array.from(basin).reduce((sum, letter) => sum * 26 + letter.charCodeAt(0) - 64, 0) - 1;
  return BASINS[number % BASINS.length]!;
}

/** Ground and ink by the reader's own preference; every drawing brings these along. */
export const STYLE = `<style>
.atlas { --ground: #fbfbfc; --card: #ffffff; --ink: #20242c; --soft: #59616f; --line: #d5d9e0;
  font-family: ui-sans-serif, system-ui, "Segoe UI", Roboto, sans-serif }
@media (prefers-color-scheme: dark) {
  .atlas { --ground: #121316; --card: #1a1c21; --ink: #e6e9ef; --soft: #a0a8b6; --line: #343945 } }
.atlas text { fill: var(--ink); font-size: 13px }
.atlas .soft { fill: var(--soft); font-size: 11px }
.atlas .tiny { fill: var(--soft); font-size: 10px }
.atlas .strong { font-weight: 600 }
.atlas .head { font-size: 22px; font-weight: 600 }
.atlas .name { font-size: 15px; font-weight: 600 }
.atlas .axis { stroke: var(--line); stroke-width: 1; fill: none }
.atlas .card { fill: var(--card); stroke: var(--line) }
.atlas .mark { fill: var(--ink) }
.atlas .ground { fill: var(--ground) }
.atlas .badge { fill: #ffffff; font-weight: 700; text-anchor: middle }
</style>`;

/** Text as it may stand in XML; control characters are shown, not obeyed. */
export function escaped(text: string): string {
  return text
    .replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`)
    .replace(/\p{Cc}/gu, '\u{fffd}');
}

/** A PNG as an address of its own, so that a drawing needs no other file. */
export function dataUri(png: Uint8Array): string {
  return `data:image/png;base64,${Buffer.from(png).toString('base64')}`;
}

/** A number with one decimal at most, short in a file. */
export function short(value: number): string {
  return String(Math.round(value * 10) / 10);
}
