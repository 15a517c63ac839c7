import type { Command } from 'commander';
import { z } from 'zod';
import { BUILT_IN_KINDS } from '../../agents/index.js';
import type { AnyAgentKind } from '../../agents/index.js';
import type { Port, Ports } from '../../core/index.js';
import { nearest } from '../nearest.js';
import { columns, say, sayJson } from '../output.js';

/**
 * `demiurge kinds [kind] [--json]`: every kind on a line, or one kind with its ports and params.
 */
export function declareKinds(command: Command): Command {
  return command
    .argument('[kind]', 'the kind to show in full')
    .option('--json', 'print one JSON document')
    .action(kinds);
}

function kinds(name: string | undefined, options: { readonly json?: true }): void {
  const all = [...BUILT_IN_KINDS.values()];
  const chosen = name === undefined ? all : [nearest('kind', name, BUILT_IN_KINDS)];
  if (options.json === true) sayJson(chosen.map(documentOf));
  else if (name === undefined) say(columns(all.map(({ kind, summary }) => [kind, summary])));
  else say(chosen.map(pageOf).join('\n\n'));
}

interface KindDocument {
  readonly kind: string;
  readonly summary: string;
  readonly isolation: string;
  readonly inputs: Readonly<Record<string, Port>>;
  readonly outputs: Readonly<Record<string, Port>>;
  readonly params: z.core.JSONSchema.BaseSchema;
}

function documentOf({
  kind,
  summary,
  inputs,
  outputs,
  params,
  isolation,
}: AnyAgentKind): KindDocument {
  const schema = z.toJSONSchema(params, { io: 'input', unrepresentable: 'any' });
  return { kind, summary, isolation: isolation ?? 'inline', inputs, outputs, params: schema };
}

function pageOf(kind: AnyAgentKind): string {
  const { params } = documentOf(kind);
  const parts = [
    `${kind.kind}: ${kind.summary}`,
    section('hears', portRows(kind.inputs)),
    section('says', portRows(kind.outputs)),
    section('params', paramRows(params)),
  ];
  return parts.filter((part) => part !== '').join('\n');
}

function section(title: string, rows: readonly (readonly string[])[]): string {
  if (rows.length === 0) return '';
  return `\n${title}\n${columns(rows.map((row) => ['', ...row]))}`;
}

function portRows(ports: Ports): readonly (readonly string[])[] {
  return Object.entries(ports).map(([name, { carries, doc }]) => [name, carries, doc]);
}

function paramRows(schema: z.core.JSONSchema.BaseSchema): readonly (readonly string[])[] {
  return Object.entries(schema.properties ?? {}).map(([name, one]) => {
    const param = typeof one === 'object' ? one : {};
    const fallback = param.default === undefined ? '' : `= ${JSON.stringify(param.default)}`;
    return [name, fallback, param.description ?? ''];
  });
}
