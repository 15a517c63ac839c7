import { z } from 'zod';
import type { AnyAgentKind } from '../agents/index.js';
import { ARROW_PATTERN, SHAPES, linkOptions } from '../topologies/index.js';
import { AGENTS_MAX, LINKS_MAX } from './bulk.js';
import { NAME_PATTERN, agentEntry, headSchema, nestedEntry } from './schema.js';

type Json = Readonly<Record<string, unknown>>;

/**
 * The JSON Schema (draft 2020-12) of a scenario file for editors, with the params of every kind
 * given; made of the very schemas that check a scenario.
 */
export function scenarioJsonSchema(kinds: ReadonlyMap<string, AnyAgentKind>): Json {
  const head = jsonOf(headSchema);
  const properties = {
    ...(head.properties as Json),
    agents: {
      description: 'the agents by name: a kind and its params, or a nested scenario',
      type: 'object',
      minProperties: 1,
      maxProperties: AGENTS_MAX,
      propertyNames: { pattern: NAME_PATTERN.source },
      additionalProperties: agentSchema(kinds),
    },
    links: linksSchema(),
    topology: topologySchema(),
  };
  return { ...head, title: 'Demiurge scenario', properties, required: ['agents'] };
}

function jsonOf(schema: z.ZodType): Json {
  const { $schema: _dialect, ...json } = z.toJSONSchema(schema, {
    target: 'draft-2020-12',
    io: 'input',
    unrepresentable: 'any',
  });
  return json;
}

/** Each kind has params of its own; a kind of a file under `use:` may have any. */
function agentSchema(kinds: ReadonlyMap<string, AnyAgentKind>): Json {
  const { isolation } = jsonOf(agentEntry).properties as Json;
  const branches = [...kinds.values()].map((kind) => {
    const params = jsonOf(kind.params);
    return {
      ...params,
      type: 'object',
      description: kind.summary,
      properties: { kind: { const: kind.kind }, isolation, ...(params.properties as Json) },
      required: ['kind', ...((params.required as readonly string[] | undefined) ?? [])],
      additionalProperties: false,
    };
  });
  const own = {
    type: 'object',
    description: 'a kind of your own, from a file under use:',
    properties: { kind: { type: 'string', pattern: `^(?!(${[...kinds.keys()].join('|')})$)` } },
    required: ['kind'],
  };
  return { anyOf: [...branches, jsonOf(nestedEntry), own] };
}

function linksSchema(): Json {
  const arrow = { type: 'string', pattern: ARROW_PATTERN.source };
  const optioned = {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    propertyNames: arrow,
    additionalProperties: jsonOf(linkOptions),
  };
  return {
    description: 'who feeds whom: a.out -> b.in, or a.out ~> b.in: { delay: 4s } to return',
    type: 'array',
    maxItems: LINKS_MAX,
    items: { anyOf: [arrow, optioned] },
  };
}

function topologySchema(): Json {
  const shapes = [...SHAPES.values()];
  const named = { enum: shapes.map((shape) => shape.name) };
  const properties = shapes.map(({ name, summary, loops, params }) => {
    return [name, { ...jsonOf(params), description: `${summary} ${loops}` }];
  });
  const optioned = {
    type: 'object',
    minProperties: 1,
    maxProperties: 1,
    properties: Object.fromEntries(properties),
    additionalProperties: false,
  };
  const one = { anyOf: [named, optioned] };
  return {
    description: 'named topologies, which add their links to those written',
    anyOf: [named, optioned, { type: 'array', items: one }],
  };
}
