import { describe, expect, it } from 'vitest';
import { helpPage } from '../../../tui/pages/help.js';
import { lookFor } from '../../../tui/look/look.js';
import { withRecord } from '../../../tui/sight/sight.js';
import { COMMANDS } from '../../../tui/view/commands.js';
import { KEYS, keysOn } from '../../../tui/view/keys.js';
import { PAGES, placeOf } from '../../../tui/view/view.js';
import { BABEL } from '../fixtures/babel-scene.js';
import { babelSight, babelState, NOW_MS } from '../fixtures/babel.js';
import { Person } from './press.js';

const ON: Readonly<Record<string, readonly string[]>> = {
  swarm: [],
  loop: ['tab', 'down', 'down', 'down', 'enter'],
  agent: ['/', ...'grains'.split(''), 'enter', 'enter'],
  message: ['/', ...'violin'.split(''), 'enter', 'enter', 'enter'],
};

const ANSWER = { ...said('violin.12'), parents: ['grains.40', 'grains.39', 'grains.38'] };

/** Somebody on a page, with everything above it opened the usual way. */
function on(page: string, sight = babelSight()): Person {
  const sounded = withRecord(sight, ANSWER, NOW_MS);
  return new Person(sounded).press(...(ON[page] as readonly string[]));
}

describe('the keys', () => {
  it.each(PAGES)('are those of the help on the page of %s, and no others (T4)', (page) => {
    const help = helpPage(page, lookFor({ columns: 160, rows: 60 }, { TERM: 'dumb' }), {
      columns: 160,
      rows: 60,
    }).join('\n');
    for (const { says } of keysOn(page)) expect(help).toContain(says.slice(0, 30));
    for (const { says } of KEYS.filter((key) => !keysOn(page).includes(key))) {
      expect(help).not.toContain(says);
    }
    for (const { name, takes } of COMMANDS) expect(help).toContain(`:${name} ${takes}`.trim());
  });

  it.each(Object.keys(ON))('each do something on the page of %s (T4)', (page) => {
    const steered = withRecord(babelSight(), { ...BABEL, control: true }, NOW_MS);
    const place = placeOf(on(page).view).page;
    for (const { keys } of keysOn(place)) {
      for (const key of keys) {
        // From the middle of a list and with a filter, so that every direction leads somewhere.
        const person = on(page, steered).press('down', 'down');
        if (key === 'pageup' || key === 'up' || key === 'k') person.press('down');
        const [view, effects] = [person.view, person.effects.length];
        person.press(key);
        const changed =
          person.view !== view && JSON.stringify(person.view) !== JSON.stringify(view);
        expect([key, changed || person.effects.length > effects]).toEqual([key, true]);
      }
    }
  });

  it('do nothing else: any other key leaves the view as it is', () => {
    const person = new Person();
    const before = JSON.stringify(person.view);
    person.press('x', 'Z', '0', 'F5');
    expect(JSON.stringify(person.view)).toBe(before);
  });
});

describe('pages', () => {
  it('open one after another, and esc comes back to the same row of each (T7)', () => {
    const person = new Person().press('down', 'down', 'down', 'down', 'down', 'down');
    expect(placeOf(person.view).selected).toBe('grains');
    const rows = [person.sees()];
    person.press('enter', 'down', 'down', 'down');
    rows.push(person.sees());
    person.press('enter');
    expect(person.view.stack.map(({ page }) => page)).toEqual(['swarm', 'agent', 'message']);
    expect(person.sees()).toContain('said by grains.audio');
    expect(person.press('esc').sees()).toBe(rows[1]);
    expect(person.press('esc').sees()).toBe(rows[0]);
  });

  it('lead from the swarm over loop, agent and message to the sound', () => {
    const sounded = withRecord(
      babelSight(),
      { ...said('violin.12'), parents: ['grains.40'] },
      NOW_MS,
    );
    const person = new Person(sounded).press('tab', 'down', 'down', 'down', 'enter');
    expect(person.sees()).toContain('LOOP 3');
    person.press('down', 'down', 'down', 'down', 'enter');
    expect(person.sees()).toContain('violinist');
    person.press('enter');
    expect(person.sees()).toContain('said by violin.audio');
    person.press('enter');
    expect(placeOf(person.view)).toMatchObject({ page: 'sound', subject: 'violin.12' });
    expect(person.sees()).toContain('violin-a.wav');
  });

  it('keep the selection on the item when rows move (T10)', () => {
    const person = new Person().press('down', 'down', 'down');
    expect(placeOf(person.view).selected).toBe('mel');
    person.press('o');
    expect(placeOf(person.view).selected).toBe('mel');
    const sorted = person.sees();
    const agents = [...BABEL.agents].toReversed();
    person.live = withRecord(person.live, { ...BABEL, agents }, NOW_MS);
    expect(placeOf(person.view).selected).toBe('mel');
    expect(person.sees()).toContain('mel');
    expect(sorted).toContain('mel');
    expect(person.press('enter').sees()).toContain('vocoder');
  });
});

describe('a filter', () => {
  it('is there again in every view one returns to (T5)', () => {
    const person = new Person().press('/').type('kind:vocoder').press('enter');
    expect(person.sees()).toMatch(/AGENTS 1 \/kind:vocoder/);
    person.press('enter', '/').type('lap>3').press('enter');
    expect(person.view.filters).toEqual({ 'swarm agents': 'kind:vocoder', agent: 'lap>3' });
    person.press('esc');
    expect(person.sees()).toMatch(/AGENTS 1 \/kind:vocoder/);
    person.press('enter', '/');
    expect(person.view.typing?.text).toBe('lap>3');
  });

  it('knows words, their opposite, expressions, fields and figures', () => {
    const listed = (text: string): string[] => {
      const sees = new Person().press('e', '/').type(text).press('enter').sees();
      return BABEL.agents
        .map(({ id }) => id)
        .filter((id) => sees.includes(`│ ${id} `) || sees.includes(`| ${id} `));
    };
    expect(listed('violin')).toEqual(['violin']);
    expect(listed('!violin')).not.toContain('violin');
    expect(listed('/^m.l|^una/')).toEqual(['una', 'mel']);
    expect(listed('kind:sampler')).toEqual(['grains']);
    expect(listed('inbox>5')).toEqual(['seq']);
    expect(listed('[')).toEqual([]);
  });
});

describe('freezing', () => {
  it('lets the picture stand while the run goes on, and shows it all again (T8)', () => {
    const person = new Person().press('f');
    const still = person.sees();
    expect(still).toContain('FROZEN');
    for (let i = 1; i <= 1000; i++) {
      const state = babelState(731 + i);
      person.live = withRecord(person.live, state, NOW_MS + i * 10);
    }
    expect(person.sees()).toBe(still);
    person.press('f');
    expect(person.sees()).toContain('28:51');
  });

  it('can be sorted and opened all the same (T9)', () => {
    const person = new Person().press('f');
    person.live = withRecord(person.live, { ...BABEL, run: 'another0', agents: [] }, NOW_MS);
    person.press('o', 'o', 'down');
    expect(placeOf(person.view).selected).toBe('seq');
    expect(person.press('enter').sees()).toContain('sequencer');
    expect(person.sees()).toContain('FROZEN');
  });
});

describe('steering', () => {
  it('sends nothing whatever is pressed or written when the run is not to be steered (T37)', () => {
    const person = new Person().press('down', 'm', 'R', 'p', 'tab', 'down', 'p');
    for (const { name } of COMMANDS.filter((one) => one.name !== 'quit')) {
      person.press(':').type(`${name} una 1 x`).press('enter');
      person.press(':').type(`${name} 1 0.5`).press('enter');
      if (person.view.typing) person.type('una').press('enter');
    }
    expect(person.effects.filter(({ type }) => type === 'request')).toEqual([]);
    expect(person.press('m').sees()).toMatch(/--control|select an agent/);
  });

  const steered = withRecord(babelSight(), { ...BABEL, control: true }, NOW_MS);
  const asked = (person: Person): unknown[] =>
    person.effects.flatMap((effect) => (effect.type === 'request' ? [effect.control] : []));

  it('restarts an agent only when its name was typed (T38)', () => {
    const person = new Person(steered).press('down', 'down', 'R');
    expect(person.sees()).toContain('type una');
    person.type('mel').press('enter');
    expect(asked(person)).toEqual([]);
    expect(person.sees()).toContain('not done');
    person.press('R').type('una').press('enter');
    expect(asked(person)).toEqual([{ name: 'restart', agent: 'una' }]);
  });

  it('mutes, pauses and sets by key and by command', () => {
    const person = new Person(steered).press('down', 'm', 'tab', 'down', 'p');
    person.press(':').type('gain 10 0.5').press('enter');
    person.press(':').type('delay 11 3').press('enter');
    person.press(':').type('inject ear.audio bell.wav').press('enter');
    person.press(':').type('seed ear.audio 7').press('enter');
    expect(asked(person)).toEqual([
      { name: 'mute', agent: 'past', on: true },
      { name: 'pause-loop', loop: 1, on: true },
      { name: 'gain', link: 10, gain: 0.5 },
      { name: 'delay', link: 11, delaySeconds: 3 },
      { name: 'inject', agent: 'ear', port: 'audio', file: 'bell.wav' },
      { name: 'seed', agent: 'ear', port: 'audio', seed: 7 },
    ]);
  });

  it('completes what is certain, and says what it does not know', () => {
    const person = new Person(steered).press(':').type('mu').press('tab');
    expect(person.view.typing?.text).toBe('mute ');
    person.type('gr').press('tab');
    expect(person.view.typing?.text).toBe('mute grains ');
    person.press('esc', ':').type('mute nobody').press('enter');
    expect(person.sees()).toContain("there is no 'nobody'");
    person.press(':').type('dance').press('enter');
    expect(person.sees()).toContain("no command 'dance'");
  });
});

describe('copying', () => {
  it('takes exactly the row, as JSON (T43)', () => {
    const person = new Person().press('down', 'down', 'y');
    const [copy] = person.effects;
    const state = babelState(731).agents.find(({ id }) => id === 'una');
    const row = { kind: 'generator', word: 'BUSY', ...state };
    expect(JSON.parse(copy?.type === 'copy' ? copy.text : '')).toEqual(row);
  });
});

function said(id: string): Parameters<typeof withRecord>[1] & { type: 'said' } {
  return {
    type: 'said',
    id,
    agent: id.slice(0, id.lastIndexOf('.')),
    port: 'audio',
    carries: 'audio',
    seconds: 725.8,
    lap: 7,
    parents: [],
    bytes: 384_000,
    shape: [1, 96_000],
  };
}
