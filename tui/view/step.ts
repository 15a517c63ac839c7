import { completed, obey, requested } from './commands.js';
import { keysOn } from './keys.js';
import { filterKey, placeOf, type Scene, type Stepped, type Typing, type View } from './view.js';

/**
 * The view after a key: `up`, `enter`, `esc`, `tab`, `backspace`, `ctrl-c`, or what was typed.
 * Several characters at once are a paste.
 */
export function step(view: View, key: string, scene: Scene): Stepped {
  if (view.typing && key !== 'ctrl-c') return typed(view, view.typing, key, scene);
  const said = { ...view, says: '' };
  if (view.help && key === 'esc') return { view: { ...said, help: false }, effects: [] };
  const found = keysOn(placeOf(view).page).find(({ keys }) => keys.includes(key));
  if (found === undefined) return { view: said, effects: [] };
  return settled(said, found.run(said, scene));
}

function settled(view: View, outcome: Stepped | View | string): Stepped {
  if (typeof outcome === 'string') return { view: { ...view, says: outcome }, effects: [] };
  return 'effects' in outcome ? outcome : { view: outcome, effects: [] };
}

function typed(view: View, typing: Typing, key: string, scene: Scene): Stepped {
  if (key === 'enter') return entered({ ...view, typing: undefined }, typing, scene);
  if (key === 'esc') return { view: { ...view, typing: undefined }, effects: [] };
  const text = textAfter(typing, key, scene);
  const next = { ...view, typing: { ...typing, text } };
  return { view: typing.what === 'filter' ? filtered(next, text) : next, effects: [] };
}

function textAfter({ what, text }: Typing, key: string, { shown }: Scene): string {
  if (key === 'backspace') return text.slice(0, -1);
  if (key === 'tab') return what === 'command' ? completed(text, shown) : text;
  const names = ['up', 'down', 'left', 'right', 'pageup', 'pagedown'];
  return names.includes(key) ? text : text + key;
}

function entered(view: View, { what, text, word, request }: Typing, scene: Scene): Stepped {
  if (what === 'filter') return { view: filtered(view, text), effects: [] };
  if (what === 'command') return settled(view, obey(view, text, scene));
  if (text !== word || request === undefined) {
    return settled(view, `not done: '${word ?? ''}' was not typed`);
  }
  return settled(view, requested(view, request, scene.shown));
}

function filtered(view: View, text: string): View {
  return { ...view, filters: { ...view.filters, [filterKey(placeOf(view))]: text } };
}
