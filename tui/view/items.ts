import type { AgentState, LinkState, Said } from '../../src/telemetry/index.js';
import { findLatest, valuesOf } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import { agentWord, loopWord } from '../sight/word.js';
import { filterOf, type Filterable } from './filter.js';
import { filterKey, type Place, place, placeOf, type Scene, type View } from './view.js';

/** Something that can be selected, filtered, opened and copied. */
export interface Item extends Filterable {
  readonly id: string;
  /** What a copy of it holds. */
  readonly row: object;
  /** The page it opens, if it opens one. */
  readonly opens?: Place;
}

/** What can be selected on the shown page, filtered and sorted as it is shown. */
export function itemsOf(view: View, { shown }: Pick<Scene, 'shown'>): readonly Item[] {
  const here = placeOf(view);
  const passes = filterOf(view.filters[filterKey(here)] ?? '');
  return listOf(here, shown).filter(passes);
}

/** The item that is selected; the first where none is or the selected one is gone. */
export function selectedItem(view: View, scene: Pick<Scene, 'shown'>): Item | undefined {
  const items = itemsOf(view, scene);
  const { selected } = placeOf(view);
  return items.find(({ id }) => id === selected) ?? items[0];
}

/** The page that the selected item opens. */
export function opened(view: View, scene: Scene): Place | undefined {
  return selectedItem(view, scene)?.opens;
}

function listOf(here: Place, sight: Sight): readonly Item[] {
  const { page, subject, focus, sort } = here;
  if (page === 'loop') {
    const loop = sight.scene?.loops.find(({ number }) => String(number) === subject);
    return agentItems(sight, sort).filter(({ id }) => loop?.agents.includes(id));
  }
  if (page === 'agent') return messageItems(sight, subject);
  if (page === 'message') return kinOf(subject, sight);
  if (page === 'sound') return lineageItems(subject, sight);
  if (page === 'curves') return [];
  if (focus === 'loops') return loopItems(sight);
  if (focus === 'links') return linkItems(sight);
  return focus === 'alerts' ? alertItems(sight) : agentItems(sight, sort);
}

function agentItems(sight: Sight, sort: number): readonly Item[] {
  const states = new Map(sight.state?.agents.map((one) => [one.id, one]));
  const items = (sight.scene?.agents ?? []).map(({ id, kind }): Item => {
    const state = states.get(id);
    const word = state ? agentWord(sight, state) : '';
    const facts = { agent: id, kind, state: word, ...figuresOf(sight, state) };
    const row = { id, kind, word, ...state };
    return { id, facts, text: `${id} ${kind} ${word}`, row, opens: place('agent', id) };
  });
  const column = SORTED_BY[sort];
  if (column === undefined) return items;
  const figure = (item: Item): number => Number(item.facts[column] ?? -Infinity);
  return items.toSorted((a, b) => figure(b) - figure(a));
}

const SORTED_BY = ['rate', 'inbox', 'oldest', 'p95', 'level', 'restarts'];

function figuresOf(sight: Sight, state: AgentState | undefined): Record<string, number> {
  if (state === undefined) return {};
  return {
    rate: sight.rates.agents.get(state.id)?.emitted ?? 0,
    inbox: state.inbox,
    oldest: state.oldestSeconds,
    p95: state.p95Ms,
    level: state.rmsDb ?? -120,
    restarts: state.restarts,
    dropped: state.dropped,
    depth: state.inbox,
  };
}

function loopItems(sight: Sight): readonly Item[] {
  const { scene, state } = sight;
  return (scene?.loops ?? []).map((loop): Item => {
    const now = state?.loops.find(({ number }) => number === loop.number);
    const id = String(loop.number);
    const word = now ? loopWord(sight, now) : '';
    const facts = {
      loop: loop.number,
      turns: now?.turns ?? 0,
      gain: now?.gainDb ?? 0,
      state: word,
    };
    const text = `loop ${id} ${loop.agents.join(' ')} ${word}`;
    return { id, facts, text, row: { ...loop, ...now }, opens: place('loop', id) };
  });
}

function linkItems({ scene, state }: Sight): readonly Item[] {
  return (scene?.links ?? []).map((link): Item => {
    const now: LinkState | undefined = state?.links[link.index];
    const arrow = link.way === 'feeds' ? '->' : '~>';
    const [from, to] = [link.from, link.to].map(({ agent, port }) => `${agent}.${port}`);
    const text = `${link.index} ${from} ${arrow} ${to}`;
    const facts = { link: link.index, carries: link.carries, dropped: now?.dropped ?? 0 };
    const row = { ...link, ...now };
    return { id: String(link.index), facts, text, row, opens: place('agent', link.to.agent) };
  });
}

function alertItems({ alerts, scene }: Sight): readonly Item[] {
  return alerts.standing.map((alert): Item => {
    const { id, word, subject, says } = alert;
    const item = { id, facts: { word, subject }, text: `${word} ${subject} ${says}`, row: alert };
    const known = scene?.agents.some((agent) => agent.id === subject) === true;
    return known ? { ...item, opens: place('agent', subject) } : item;
  });
}

function messageItems(sight: Sight, agent: string): readonly Item[] {
  const own = valuesOf(sight.said).filter((one) => one.agent === agent);
  return own.slice(-MESSAGES_MAX).map(messageItem).toReversed();
}

/** Messages of one agent that are listed, the newest first. */
const MESSAGES_MAX = 500;

function messageItem(one: Said): Item {
  const { id, agent, port, carries, lap, seconds } = one;
  const facts = { agent, port, carries, lap, seconds };
  const text = `${id} ${port} ${carries} lap ${lap}`;
  return { id, facts, text, row: one, opens: place('message', id) };
}

/** Its sound, its parents and what came of it: everything a message leads to. */
function kinOf(subject: string, sight: Sight): readonly Item[] {
  const own = saidAs(subject, sight);
  const sound = findLatest(sight.soundings, ({ id }) => id === subject);
  const children = valuesOf(sight.said).filter(({ parents }) => parents.includes(subject));
  return [
    ...(sound ? [soundItem(subject)] : []),
    ...(own?.parents ?? []).map((id) => knownItem(id, sight)),
    ...children.map(messageItem),
  ];
}

function soundItem(subject: string): Item {
  const row = { id: subject };
  return { id: 'sound', facts: {}, text: 'its sound', row, opens: place('sound', subject) };
}

function lineageItems(subject: string, sight: Sight): readonly Item[] {
  const sound = findLatest(sight.soundings, ({ id }) => id === subject);
  return (sound?.lineage ?? []).map(({ id }) => knownItem(id, sight));
}

/** An envelope that may have been said before this display began to listen. */
function knownItem(id: string, sight: Sight): Item {
  const known = saidAs(id, sight);
  return known ? messageItem(known) : strangerItem(id);
}

function saidAs(id: string, { said }: Sight): Said | undefined {
  return findLatest(said, (one) => one.id === id);
}

function strangerItem(id: string): Item {
  return { id, facts: { agent: id.slice(0, id.lastIndexOf('.')) }, text: id, row: { id } };
}
