const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

const UNSHOWABLE = /(?![\n\t])[\p{Cc}\p{Cs}\u{202a}-\u{202e}\u{2066}-\u{2069}\u{fffe}\u{ffff}]/gu;

/** A piece of HTML that is safe to show: only `html` and `trusted` make one. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

/** What may stand in a template: text and numbers are escaped, pieces are joined. */
export type Shown = Markup | string | number | undefined | false | readonly Shown[];

/**
 * Text from outside as HTML, in content or between quotes; control characters, lone surrogates and
 * direction overrides, which could disguise what stands beside them, become U+FFFD.
 */
export function escaped(text: string): string {
  return text
    .replace(UNSHOWABLE, '\u{fffd}')
    .replace(/[&<>"']/g, (char) => ESCAPES[char] as string);
}

/**
 * A template of HTML. Whatever stands in `${}` is escaped here and nowhere else; `undefined` and
 * `false` show nothing.
 */
export function html(parts: TemplateStringsArray, ...shown: readonly Shown[]): Markup {
  return new Markup(parts.map((part, i) => part + textOf(shown[i])).join(''));
}

/** Markup that this house made by other means, such as an SVG drawing. */
export function trusted(text: string): Markup {
  return new Markup(text);
}

function textOf(shown: Shown): string {
  if (shown === undefined || shown === false) return '';
  if (shown instanceof Markup) return shown.text;
  if (typeof shown === 'object') return shown.map(textOf).join('');
  return escaped(String(shown));
}
