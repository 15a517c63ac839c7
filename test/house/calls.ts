import type { Breach, Source } from './source.js';
import { breachAt } from './source.js';
import { importsOf } from './imports.js';
import { dotted, walk } from './walk.js';

interface Ban {
  readonly name: RegExp;
  /** Files where it is at home. */
  readonly home: RegExp;
  readonly remedy: string;
}

const CLOCKS =
  /^src\/swarm\/[a-z-]*(clock|stopwatch)[a-z-]*\.ts$|^src\/cli\/|^bench\/|^tui\/clock\.ts$/;
const TIMERS =
  /^src\/swarm\/[a-z-]*clock[a-z-]*\.ts$|^src\/bus\/nats-[a-z-]+\.ts$|^tui\/clock\.ts$/;
const SCREENS = /^src\/cli\/|^tui\//;

const BANS: readonly Ban[] = [
  {
    name: /^Math\.random$/,
    home: /^$/,
    remedy: 'Chance comes from context.random or seededRandom, or no run can be repeated',
  },
  {
    name: /^(Date\.now|performance\.now|process\.hrtime|process\.hrtime\.bigint)$/,
    home: CLOCKS,
    remedy: 'Time is logical: take context.now, or the clock that is passed in',
  },
  {
    name: /^(setTimeout|setInterval|globalThis\.setTimeout|globalThis\.setInterval)$/,
    home: TIMERS,
    remedy: 'Ask the clock to wake you: raw timers overflow at 24.8 days and ignore logical time',
  },
  {
    name: /^console\./,
    home: SCREENS,
    remedy: 'Return it, or throw it: only cli and tui own a screen',
  },
];

/** Uses of what only a named room may use, whether called or passed on. */
export function bannedCalls(source: Source): readonly Breach[] {
  const breaches: Breach[] = [];
  walk(source.program, (node, above) => {
    const parent = above.at(-1);
    if (parent?.type === 'MemberExpression' && parent['property'] === node) return;
    const name = isUse(parent, node) ? nameOf(node) : undefined;
    const ban = BANS.find((one) => name !== undefined && one.name.test(name));
    if (ban === undefined || ban.home.test(source.path)) return;
    breaches.push(breachAt(source, node.start, `${name} outside its room`, ban.remedy));
  });
  return [...breaches, ...timerImports(source)];
}

function nameOf(node: {
  readonly type: string;
  readonly [key: string]: unknown;
}): string | undefined {
  if (node.type !== 'NewExpression') return dotted(node);
  const bare = (node['arguments'] as readonly unknown[]).length === 0;
  return bare && dotted(node['callee']) === 'Date' ? 'Date.now' : undefined;
}

/** Names in imports, exports, types and keys are not uses. */
function isUse(
  parent: { readonly type: string; readonly [key: string]: unknown } | undefined,
  node: unknown,
): boolean {
  if (parent === undefined) return false;
  if (/^(Import|Export|TS)/.test(parent.type)) return false;
  const keyed = parent.type === 'Property' || parent.type.startsWith('MethodDefinition');
  return !(keyed && parent['key'] === node && parent['value'] !== node);
}

function timerImports(source: Source): readonly Breach[] {
  if (TIMERS.test(source.path)) return [];
  return importsOf(source)
    .filter((one) => /^(node:)?timers(\/promises)?$/.test(one.specifier))
    .filter((one) => one.names.some((name) => name !== 'setImmediate') || one.names.length === 0)
    .map((one) =>
      breachAt(source, one.start, `${one.specifier} outside its room`, 'Ask the clock'),
    );
}
