import { asking, CONTROL_OFF, requested } from './commands.js';
import { copyOf, commandLineOf } from './copies.js';
import { itemsOf, opened } from './items.js';
import type { Effect, PageName, Scene, Stepped, View } from './view.js';
import { filterKey, FOCI, place, placeOf, withPlace } from './view.js';

/** A key: what it is called, where it is valid, what the help says, and what it does. */
export interface Key {
  /** As terminals name them: `up`, `enter`, `esc`, or the character. */
  readonly keys: readonly string[];
  readonly says: string;
  /** Everywhere unless named. */
  readonly pages?: readonly PageName[];
  /** Only where the engine may be steered. */
  readonly controls?: true;
  run(view: View, scene: Scene): Stepped | View | string;
}

/** Every key: the help and the footer are drawn from here, and no key is handled elsewhere. */
export const KEYS: readonly Key[] = [
  { keys: ['up', 'k'], says: 'the item above', run: (view, scene) => moved(view, scene, -1) },
  { keys: ['down', 'j'], says: 'the item below', run: (view, scene) => moved(view, scene, 1) },
  {
    keys: ['pageup'],
    says: 'a page up',
    run: (view, scene) => moved(view, scene, -scene.page),
  },
  {
    keys: ['pagedown'],
    says: 'a page down',
    run: (view, scene) => moved(view, scene, scene.page),
  },
  {
    keys: ['tab'],
    says: 'the next list: agents, loops, links, alerts',
    pages: ['swarm'],
    run: (view) => {
      const { focus } = placeOf(view);
      const next = FOCI[(FOCI.indexOf(focus) + 1) % FOCI.length] as (typeof FOCI)[number];
      return withPlace(view, { focus: next, selected: undefined });
    },
  },
  {
    keys: ['enter', 'right'],
    says: 'open what is selected',
    run: (view, scene) => {
      const next = opened(view, scene);
      return next ? { ...view, full: false, stack: [...view.stack, next] } : 'nothing to open here';
    },
  },
  {
    keys: ['esc', 'left', 'backspace'],
    says: 'back to the row one came from',
    run: (view) => {
      if (view.full) return { ...view, full: false };
      if (view.stack.length > 1) return { ...view, stack: view.stack.slice(0, -1) };
      const key = filterKey(placeOf(view));
      if ((view.filters[key] ?? '') !== '')
        return { ...view, filters: { ...view.filters, [key]: '' } };
      return withPlace(view, { selected: undefined });
    },
  },
  {
    keys: ['/'],
    says: 'filter: words, !not, /regex/, kind:vocoder, inbox>5',
    run: (view) => {
      const text = view.filters[filterKey(placeOf(view))] ?? '';
      return { ...view, typing: { what: 'filter', text } };
    },
  },
  {
    keys: [':'],
    says: 'a command, completed by tab',
    run: (view) => ({ ...view, typing: { what: 'command', text: '' } }),
  },
  {
    keys: ['f'],
    says: 'let the picture stand still, and go on again',
    run: (view, { live, wallMs }) => ({
      ...view,
      frozen: view.frozen ? undefined : { sight: live, wallMs },
    }),
  },
  {
    keys: ['e'],
    says: 'the list alone, on the full screen',
    run: (v) => ({ ...v, full: !v.full }),
  },
  { keys: ['s'], says: 'the latest messages below', run: (v) => ({ ...v, split: !v.split }) },
  {
    keys: ['c'],
    says: 'the bias curves: how it drifts, how varied and how fresh it is',
    pages: ['swarm', 'loop', 'agent', 'message', 'sound'],
    run: (view) => ({ ...view, full: false, stack: [...view.stack, place('curves', '')] }),
  },
  {
    keys: ['o'],
    says: 'sort the agents by the next column',
    pages: ['swarm'],
    run: (view) => {
      const sort = placeOf(view).sort + 1;
      return withPlace(view, { sort: sort >= SORTS ? -1 : sort });
    },
  },
  {
    keys: ['y'],
    says: 'copy the row as JSON',
    run: (view, scene) => copied(view, copyOf(view, scene), 'the row as JSON'),
  },
  {
    keys: ['Y'],
    says: 'copy the command line that shows the same',
    run: (view, scene) => copied(view, commandLineOf(view, scene), 'the command line'),
  },
  {
    keys: ['m'],
    says: 'mute the agent, or let it be heard again',
    pages: ['swarm', 'loop', 'agent'],
    controls: true,
    run: (view, scene) =>
      onAgent(view, scene, (agent) => {
        const muted = scene.shown.state?.agents.find(({ id }) => id === agent)?.muted ?? false;
        return requested(view, { name: 'mute', agent, on: !muted }, scene.shown);
      }),
  },
  {
    keys: ['R'],
    says: "end the agent's process, so that it begins again",
    pages: ['swarm', 'loop', 'agent'],
    controls: true,
    run: (view, scene) =>
      onAgent(view, scene, (agent) =>
        scene.shown.scene?.control === true ? done(asking(view, agent)) : CONTROL_OFF,
      ),
  },
  {
    keys: ['p'],
    says: 'pause the loop, or let it turn again',
    pages: ['swarm', 'loop'],
    controls: true,
    run: (view, scene) => {
      const number = loopAt(view, scene);
      if (number === undefined) return 'select a loop: tab brings you to them';
      const paused = scene.shown.state?.loops.find((one) => one.number === number)?.paused;
      const request = { name: 'pause-loop', loop: number, on: paused !== true } as const;
      return requested(view, request, scene.shown);
    },
  },
  { keys: ['?'], says: 'these keys', run: (view) => ({ ...view, help: !view.help }) },
  {
    keys: ['q'],
    says: 'leave the display; the music goes on',
    run: (view) => ({ view, effects: [{ type: 'quit' }] }),
  },
  {
    keys: ['ctrl-c'],
    says: 'let the run end, if this display belongs to it',
    run: (view) => ({ view, effects: [{ type: 'interrupt' }] }),
  },
];

/** How many columns the agents can be sorted by. */
export const SORTS = 6;

/** The keys that are valid on a page. */
export function keysOn(page: PageName): readonly Key[] {
  return KEYS.filter(({ pages }) => pages === undefined || pages.includes(page));
}

function moved(view: View, scene: Scene, by: number): View {
  const items = itemsOf(view, scene);
  if (items.length === 0) return view;
  const { selected } = placeOf(view);
  const at = items.findIndex(({ id }) => id === selected);
  const from = at < 0 ? (by > 0 ? -1 : items.length) : at;
  const to = Math.min(items.length - 1, Math.max(0, from + by));
  return withPlace(view, { selected: (items[to] as { id: string }).id });
}

function copied(view: View, text: string | undefined, what: string): Stepped | string {
  if (text === undefined) return 'nothing is selected';
  const effect: Effect = { type: 'copy', text };
  return { view: { ...view, says: `copied ${what}` }, effects: [effect] };
}

function onAgent(
  view: View,
  scene: Scene,
  act: (agent: string) => Stepped | string,
): Stepped | string {
  const { page, subject, focus, selected } = placeOf(view);
  const agent = page === 'agent' ? subject : selected;
  const known = scene.shown.scene?.agents.some(({ id }) => id === agent) === true;
  const here = page !== 'swarm' || focus === 'agents';
  return agent !== undefined && known && here ? act(agent) : 'select an agent first';
}

function loopAt(view: View, { shown }: Scene): number | undefined {
  const { page, subject, focus, selected } = placeOf(view);
  if (page === 'loop') return Number(subject);
  if (page !== 'swarm') return undefined;
  if (focus === 'loops' && selected !== undefined) return Number(selected);
  const loops = shown.scene?.loops ?? [];
  return loops.length === 1 ? loops[0]?.number : undefined;
}

function done(view: View): Stepped {
  return { view, effects: [] };
}
