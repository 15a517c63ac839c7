/** What a filter looks at: a line of words, and figures by name. */
export interface Filterable {
  readonly text: string;
  readonly facts: Readonly<Record<string, string | number>>;
}

type Test = (item: Filterable) => boolean;

const COMPARISON = /^([a-z0-9]+)(<=|>=|<|>|=)(-?\d+(?:\.\d+)?)$/i;
const FIELD = /^([a-z]+):(.+)$/i;

/**
 * Reads a filter: words that must all be there, `!word` that must not, `/regular expression/`,
 * `kind:vocoder` for one field, `inbox>5` for figures. Nothing typed lets everything through; a
 * broken expression is looked for as it is written.
 */
export function filterOf(text: string): Test {
  const tests = text.split(/\s+/).filter(Boolean).map(testOf);
  return (item) => tests.every((test) => test(item));
}

function testOf(word: string): Test {
  if (word.startsWith('!') && word.length > 1) {
    const inner = testOf(word.slice(1));
    return (item) => !inner(item);
  }
  const [, name, sign, figure] = COMPARISON.exec(word) ?? [];
  if (name !== undefined) return comparison(name.toLowerCase(), sign as string, Number(figure));
  const [, field, wanted] = FIELD.exec(word) ?? [];
  if (field !== undefined) {
    const part = (wanted as string).toLowerCase();
    return ({ facts }) =>
      String(facts[field.toLowerCase()] ?? '')
        .toLowerCase()
        .includes(part);
  }
  const pattern = expressionIn(word);
  if (pattern) return ({ text }) => pattern.test(text);
  const part = word.toLowerCase();
  return ({ text }) => text.toLowerCase().includes(part);
}

function comparison(name: string, sign: string, figure: number): Test {
  return ({ facts }) => {
    const value = facts[name];
    if (typeof value !== 'number') return false;
    if (sign === '=') return value === figure;
    const beyond = sign.startsWith('>') ? value > figure : value < figure;
    return beyond || (sign.endsWith('=') && value === figure);
  };
}

function expressionIn(word: string): RegExp | undefined {
  if (word.length < 3 || !word.startsWith('/') || !word.endsWith('/')) return undefined;
  try {
    return new RegExp(word.slice(1, -1), 'i');
  } catch {
    return undefined;
  }
}
