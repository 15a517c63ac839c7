import { z } from 'zod';
import type { AnyAgentKind } from '../agents/index.js';
import type { Ports } from '../core/index.js';
import { SHAPES, linkOptions } from '../topologies/index.js';
import { thinning } from './archive-section.js';
import { headSchema, modelEntry } from './schema.js';

/** `docs/scenarios.md`: all that a scenario may hold, made of the schemas that check it. */
export function scenarioDocs(kinds: ReadonlyMap<string, AnyAgentKind>): string {
  return [
    '# Scenarios',
    INTRODUCTION,
    '## At the top',
    table(headSchema, HEAD_NOTES),
    ...sections(),
    '### Models',
    'Each role under `models:` is filled by a run of the registry.',
    table(modelEntry),
    '## Links',
    LINKS,
    table(linkOptions),
    '## Named topologies',
    TOPOLOGIES,
    ...[...SHAPES.values()].flatMap((shape) => [
      `### ${shape.name}`,
      `${shape.summary} ${shape.loops}`,
      table(shape.params, {}, Object.keys(linkOptions.shape)),
    ]),
    '## Scenarios in scenarios',
    NESTING,
    '## Kinds of agent',
    ...[...kinds.values()].flatMap(kindSection),
  ]
    .join('\n\n')
    .concat('\n');
}

const INTRODUCTION = `\
A scenario is one YAML file: who plays (\`agents:\`), who hears whom (\`links:\` and
\`topology:\`), and how long. Unknown names are errors. Aliases, tags and paths out of the
project are refused. \`demiurge check\` shows all that is wrong at once, \`demiurge draw\` shows
what it makes. This page is made by the schema itself.`;

function sections(): readonly string[] {
  const { limits, archive, schedule, supervision } = headSchema.shape;
  return [
    '### Limits',
    table(limits),
    '### Archive',
    ARCHIVE,
    table(archive),
    'Under `thin:`',
    table(thinning),
    '### Schedule',
    SCHEDULE,
    table(schedule),
    '### Supervision',
    SUPERVISION,
    table(supervision),
  ];
}

const ARCHIVE = `\
Ages are those of the music: how long ago it sounded. What goes, when, and why no ancestry that
stays is broken is told in [archive-keeping.md](archive-keeping.md).`;

const SCHEDULE = `\
For a piece that plays for ever; what it does is told in
[lasting/service.md](lasting/service.md).`;

const SUPERVISION = `\
An agent that died or hangs is started anew, alone, with what it was at the latest checkpoint:
[lasting/supervision.md](lasting/supervision.md).`;

const LINKS = `\`- past.audio -> ear.audio\` feeds: what is said arrives at the same instant.
\`- mel.audio ~> una.audio: { delay: 4s, gain: 0.8 }\` returns: it arrives after its delay and
is one lap older. Every loop crosses at least one returning link.`;

const TOPOLOGIES = `\
\`topology: ouroboros\`, \`topology: { ouroboros: { delay: 4s } }\`, or a list of these: each
adds its links to those written. A place in one is an agent (\`una\`) or one of its ports
(\`una.mel\`). Where no port is named, the sender's first output that the receiver can hear
leads into the receiver's first input for it; controls beside other signals are joined only
by name. Beside its own params, a topology takes those of a link (\`delay\`, \`gain\`,
\`every\`, \`probability\`, \`laps\`, \`keep\`), which all its returning links share.`;

const NESTING = `\
An agent may be a scenario: \`choir: { scenario: ./choir.yaml }\`. Its ports are those that the
inner file names under \`expose: { inputs: { heard: ear.audio }, outputs: { said: out.audio }
}\`, and its agents are called \`choir/ear\` and \`choir/out\`. Seed, clock, duration, rate,
limits, archive, schedule and supervision are the outermost scenario's; paths and \`use:\`
start from the file they are written in; roles are drawn for each nested scenario anew.

With \`forking-paths: { universes: 3, at: 12s }\` beside \`scenario:\` there are three of it,
called \`choir-1\` to \`choir-3\`: one and the same until then, each with chance of its own
from then on (see [forking.md](forking.md)).`;

const HEAD_NOTES: Readonly<Record<string, string>> = {
  agents:
    'the agents by name: a `kind` and its params, or a `scenario`; `isolation: inline` or ' +
    '`process`',
  links: 'the links, one arrow to an entry',
  topology: 'named topologies',
};

function kindSection(kind: AnyAgentKind): readonly string[] {
  const hears = ports(kind.inputs);
  const says = ports(kind.outputs);
  return [
    `### ${kind.kind}`,
    kind.summary,
    [`Hears ${hears}.`, `Says ${says}.`].join(' '),
    table(kind.params),
  ];
}

function ports(ports: Ports): string {
  const names = Object.entries(ports).map(([name, { carries, doc }]) => {
    return `\`${name}\` (${carries}: ${doc})`;
  });
  return names.length === 0 ? 'nothing' : names.join(', ');
}

/** What is read of a JSON Schema. */
interface Json {
  readonly properties?: Readonly<Record<string, Json>>;
  readonly required?: readonly string[];
  readonly description?: string;
  readonly default?: unknown;
  readonly enum?: readonly string[];
  readonly anyOf?: readonly Json[];
  readonly type?: string | readonly string[];
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

function table(
  schema: z.ZodType,
  notes: Readonly<Record<string, string>> = {},
  without: readonly string[] = [],
): string {
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Json;
  const required = new Set(json.required ?? []);
  const rows = Object.entries(json.properties ?? {})
    .filter(([key]) => !without.includes(key))
    .map(([key, value]) => {
      const fallback = required.has(key) ? 'needed' : defaultOf(schema, key, value);
      const meaning = notes[key] ?? value.description ?? '';
      return `| \`${key}\` | ${cell(values(value))} | ${cell(fallback)} | ${cell(meaning)} |`;
    });
  if (rows.length === 0) return 'No params of its own.';
  return ['| key | value | default | meaning |', '|---|---|---|---|', ...rows].join('\n');
}

/**
 * A duration's default is kept behind its transform, in seconds, where JSON Schema cannot see it.
 */
function defaultOf(schema: z.ZodType, key: string, json: Json): string {
  if (json.default !== undefined) return written(json.default);
  const { shape } = schema as unknown as { readonly shape?: Readonly<Record<string, Defaulted>> };
  const seconds = shape?.[key]?._zod.def.defaultValue;
  return seconds === undefined ? '' : `${written(seconds)}s`;
}

interface Defaulted {
  readonly _zod: { readonly def: { readonly defaultValue?: unknown } };
}

function written(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function cell(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll('\n', ' ');
}

const WORDS: Readonly<Record<string, string>> = { object: 'map', array: 'list', string: 'text' };

function values(json: Json): string {
  if (json.enum !== undefined) return json.enum.join(', ');
  if (json.anyOf !== undefined) return json.anyOf.map(values).join(' or ');
  const type = [json.type ?? []]
    .flat()
    .map((one) => WORDS[one] ?? one)
    .join(' or ');
  return [type, range(json)].filter((part) => part !== '').join(' ');
}

function range({ minimum, maximum, exclusiveMinimum, type }: Json): string {
  const least = minimum ?? exclusiveMinimum;
  const most = Number(maximum) >= Number.MAX_SAFE_INTEGER ? undefined : maximum;
  if (type !== 'number' && type !== 'integer') return '';
  if (least !== undefined && most !== undefined) return `${least} to ${most}`;
  if (most !== undefined) return `up to ${most}`;
  return least === undefined || Number(least) <= Number.MIN_SAFE_INTEGER ? '' : `from ${least}`;
}
