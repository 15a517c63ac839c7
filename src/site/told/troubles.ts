import type { ControlRecord, HappenedRecord } from '../../archive/index.js';
import type { Numbered, Tale } from '../tale/tale.js';
import { many } from '../written.js';
import type { Cite, Sentence } from './sentence.js';
import { citeRecord, tell } from './sentence.js';

const REASONS = {
  brim: 'because the inbox or the link was full',
  laps: 'because it had been round as often as the link allows',
  crash: 'because its receiver failed',
  down: 'because its receiver was down',
  lost: 'because the bus lost it',
  shelved: 'because its receiver had twice been lost over it',
} as const;

/** What did not arrive: one sentence for each link and reason, told when it first happened. */
export function drops({ dropped, record, byId }: Tale): readonly Sentence[] {
  const groups = new Map<string, (typeof dropped)[number][]>();
  for (const one of dropped) {
    const key = `${one.reason} ${one.link}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [one]);
    else group.push(one);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as (typeof group)[number];
    const why = REASONS[first.reason] ?? `(${first.reason})`;
    const how = many(group.length, 'envelope');
    const what = byId.has(first.id) ? [{ place: first.id, shown: first.id }, ' '] : [];
    const which = group.length === 1 ? 'it was' : 'the first was';
    return tell(first.time / record.sampleRate)`${how} did not cross ${first.link}, ${plural(
      why,
      group.length,
    )}; ${which} ${what}(${citeRecord(first.line)}).`;
  });
}

function plural(why: string, times: number): string {
  if (times === 1) return why;
  return why.replace('it had', 'they had').replace('its', 'their').replace('lost it', 'lost them');
}

const EVENTS: Readonly<Record<string, string>> = {
  failed: 'failed',
  scrubbed: 'spoilt a sound, which was mended',
  renewed: 'was begun anew',
  died: 'died',
  hung: 'hung and was given up',
  restarted: 'was restarted',
  shelved: 'is spared a message',
  parked: 'was parked, and stayed silent from then on',
  'restart asked': 'was asked to begin again',
};

/** Failures, deaths and restarts: one sentence for each agent and kind of event. */
export function events({ happened, record }: Tale): readonly Sentence[] {
  const groups = new Map<string, Numbered<HappenedRecord>[]>();
  for (const one of happened) {
    const key = `${one.agent ?? ''} ${one.what}`;
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()].map((group) => {
    const first = group[0] as Numbered<HappenedRecord>;
    const verb = EVENTS[first.what] ?? `met with “${first.what}”`;
    const times = group.length === 1 ? '' : `, ${many(group.length, 'time')} in all`;
    const says = first.says === undefined ? '' : `: “${shortened(first.says)}”`;
    const at = first.time / record.sampleRate;
    return tell(at)`${first.agent ?? 'The swarm'} ${verb}${times}${says} (${cites(group)}).`;
  });
}

const CITED = 3;

function cites(group: readonly { readonly line: number }[]): readonly (string | Cite)[] {
  const shown = group.slice(0, CITED).flatMap(({ line }, i) => {
    const one = citeRecord(line);
    return i === 0 ? [one] : [', ', one];
  });
  return group.length > CITED ? [...shown, ', …'] : shown;
}

function shortened(text: string): string {
  const line = text.split('\n')[0] ?? '';
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
}

/** What hands from outside did, each control by itself. */
export function controls({ controls: all, record }: Tale): readonly Sentence[] {
  return all.map((one) => {
    const at = one.time / record.sampleRate;
    return tell(at)`Someone ${deed(one.control)} (${citeRecord(one.line)}).`;
  });
}

function deed(control: ControlRecord['control']): string {
  const { name, ...values } = control;
  const [agent, on] = [String(Object(values)['agent'] ?? ''), Object(values)['on'] !== false];
  if (name === 'mute') return on ? `muted ${agent}` : `let ${agent} sound again`;
  if (name === 'solo') return on ? `let ${agent} sound alone` : `ended the solo of ${agent}`;
  if (name === 'quiet') return on ? 'made the room quiet' : 'let the room sound again';
  if (name === 'restart') return `made ${agent} begin again`;
  const rest = Object.entries(values).map(([key, value]) => `${key} ${String(value)}`);
  return `used the control ${name} with ${rest.join(', ')}`;
}
