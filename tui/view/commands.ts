import type { ControlRequest } from '../../src/telemetry/index.js';
import { THEMES, type ThemeName } from '../look/theme.js';
import { valuesOf } from '../sight/ring.js';
import type { Sight } from '../sight/sight.js';
import { place, type Scene, type Stepped, type View } from './view.js';

const THEME_NAMES = Object.keys(THEMES);

/** What can be written after a colon. */
export interface Command {
  readonly name: string;
  /** What stands after the name. */
  readonly takes: string;
  readonly says: string;
  /** The words that may stand at each place after the name. */
  readonly words: readonly ((sight: Sight) => readonly string[])[];
  run(view: View, words: readonly string[], scene: Scene): Stepped | string;
}

const agents = ({ scene }: Sight): string[] => scene?.agents.map(({ id }) => id) ?? [];
const loops = ({ scene }: Sight): string[] => scene?.loops.map((one) => String(one.number)) ?? [];
const links = ({ scene }: Sight): string[] => scene?.links.map((one) => String(one.index)) ?? [];
const ports = ({ scene }: Sight): string[] => [
  ...new Set((scene?.links ?? []).map(({ to }) => `${to.agent}.${to.port}`)),
];

/** Every command, in the order of the help. */
export const COMMANDS: readonly Command[] = [
  opening('agent', 'agent', agents),
  opening('loop', 'loop', loops),
  opening('message', 'message', ({ said }) => valuesOf(said).map(({ id }) => id)),
  {
    name: 'theme',
    takes: '<name>',
    says: `draw in other colours: ${THEME_NAMES.join(', ')}`,
    words: [() => THEME_NAMES],
    run: (view, [name]) =>
      THEME_NAMES.includes(name ?? '')
        ? done({ ...view, theme: name as ThemeName })
        : `theme: one of ${THEME_NAMES.join(', ')}`,
  },
  control('mute', '<agent>', 'let nothing cross that it says', [agents], ([agent]) => {
    return { name: 'mute', agent: agent as string, on: true };
  }),
  control('unmute', '<agent>', 'let it be heard again', [agents], ([agent]) => {
    return { name: 'mute', agent: agent as string, on: false };
  }),
  control('solo', '<agent>', 'mute whoever else is recorded', [agents], ([agent]) => {
    return { name: 'solo', agent: agent as string, on: true };
  }),
  control('unsolo', '<agent>', 'let the others sound again', [agents], ([agent]) => {
    return { name: 'solo', agent: agent as string, on: false };
  }),
  control('pause', '<loop>', 'let nothing return in a loop', [loops], ([loop]) => {
    return { name: 'pause-loop', loop: Number(loop), on: true };
  }),
  control('resume', '<loop>', 'let a loop turn again', [loops], ([loop]) => {
    return { name: 'pause-loop', loop: Number(loop), on: false };
  }),
  control('gain', '<link> <gain>', 'set how much a link carries on', [links], ([link, gain]) => {
    return { name: 'gain', link: Number(link), gain: Number(gain) };
  }),
  control('delay', '<link> <seconds>', 'set how late a link returns', [links], ([link, delay]) => {
    return { name: 'delay', link: Number(link), delaySeconds: Number(delay) };
  }),
  control('inject', '<agent.port> <file>', 'let it hear a recording', [ports], ([to, file]) => {
    return { name: 'inject', ...endOf(to), file: file ?? '' };
  }),
  control(
    'seed',
    '<agent.port> <number>',
    'let it hear a second of noise',
    [ports],
    ([to, seed]) => {
      return { name: 'seed', ...endOf(to), seed: Number(seed) };
    },
  ),
  {
    name: 'restart',
    takes: '<agent>',
    says: 'end its process, so that it begins again',
    words: [agents],
    run: (view, [agent = ''], { shown }) => {
      if (!agents(shown).includes(agent)) return `restart: no agent is called '${agent}'`;
      return done(asking(view, agent));
    },
  },
  {
    name: 'quit',
    takes: '',
    says: 'leave the display; the music goes on',
    words: [],
    run: (view) => ({ view, effects: [{ type: 'quit' }] }),
  },
];

/** The view with the question whether an agent shall really begin again. */
export function asking(view: View, agent: string): View {
  const request: ControlRequest = { name: 'restart', agent };
  return { ...view, typing: { what: 'confirm', text: '', word: agent, request } };
}

/** Does what was typed after the colon; a sentence when it cannot be done. */
export function obey(view: View, text: string, scene: Scene): Stepped | string {
  const [name = '', ...words] = text.trim().split(/\s+/);
  if (name === '') return done(view);
  const command = COMMANDS.find((one) => one.name === name);
  if (command) return command.run(view, words, scene);
  return `no command '${name}': ${COMMANDS.map((one) => one.name).join(', ')}`;
}

/** What was typed with its last word completed as far as it is certain. */
export function completed(text: string, sight: Sight): string {
  const words = text.split(/\s+/);
  const last = words.at(-1) as string;
  const fitting = choicesFor(words, sight).filter((one) => one.startsWith(last));
  const [first] = fitting;
  if (first === undefined) return text;
  let shared = first;
  for (const one of fitting) while (!one.startsWith(shared)) shared = shared.slice(0, -1);
  const more = fitting.length === 1 ? `${first} ` : shared;
  return text.slice(0, text.length - last.length) + more;
}

function choicesFor(words: readonly string[], sight: Sight): readonly string[] {
  if (words.length <= 1) return COMMANDS.map(({ name }) => name);
  const command = COMMANDS.find(({ name }) => name === words[0]);
  return command?.words[words.length - 2]?.(sight) ?? [];
}

function endOf(written = ''): { readonly agent: string; readonly port: string } {
  const [agent = '', port = ''] = written.split('.');
  return { agent, port };
}

function opening(
  name: string,
  page: 'agent' | 'loop' | 'message',
  known: (sight: Sight) => readonly string[],
): Command {
  return {
    name,
    takes: page === 'loop' ? '<number>' : `<${page}>`,
    says: `open the page of ${page === 'agent' ? 'an' : 'a'} ${page}`,
    words: [known],
    run: (view, [subject = ''], { shown }) => {
      if (!known(shown).includes(subject)) return `${name}: there is no '${subject}'`;
      return done({ ...view, stack: [...view.stack, place(page, subject)] });
    },
  };
}

function control(
  name: string,
  takes: string,
  says: string,
  words: Command['words'],
  requestOf: (words: readonly string[]) => ControlRequest,
): Command {
  const count = takes.split(' ').length;
  return {
    name,
    takes,
    says,
    words,
    run: (view, given, { shown }) => {
      if (given.length < count) return `${name} ${takes}`;
      const known = words[0]?.(shown) ?? [];
      if (!known.includes(given[0] as string)) return `${name}: there is no '${given[0]}'`;
      return requested(view, requestOf(given), shown);
    },
  };
}

/** A request to the engine; a sentence when it takes none. */
export function requested(view: View, request: ControlRequest, sight: Sight): Stepped | string {
  if (sight.scene?.control !== true) return CONTROL_OFF;
  return { view, effects: [{ type: 'request', control: request }] };
}

/** Said when somebody tries to steer a run that is not to be steered. */
export const CONTROL_OFF = 'this display only watches: begin the run with --control to steer it';

function done(view: View): Stepped {
  return { view, effects: [] };
}
