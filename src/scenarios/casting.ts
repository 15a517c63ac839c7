import type { AnyAgentKind } from '../agents/index.js';
import type { Problem } from '../core/index.js';
import { listed, suggestion } from '../topologies/index.js';
import type { Member } from '../topologies/index.js';
import type { FoundKind } from './kind-files.js';
import { findInside } from './project.js';
import type { Ground } from './project.js';
import type { RoleUser } from './roles.js';
import type { Casting } from './scenario.js';
import { agentEntry } from './schema.js';
import { isRecord } from './sections.js';
import { fit, keysAt, unknownKey } from './shape-problems.js';
import type { Fitted } from './shape-problems.js';

type Path = readonly (string | number)[];
type Params = Readonly<Record<string, unknown>>;

/**
 * An agent as far as it could be read: its ports once its kind is known, its casting once its
 * params are sound.
 */
export interface ReadAgent {
  readonly member?: Member;
  readonly casting?: Omit<Casting, 'runs'>;
  /** Its kind and params for whoever looks for roles; params as written when they are not sound. */
  readonly roles?: RoleUser;
  readonly problems: readonly Problem[];
}

/** Finds an agent's kind and parses its params by the kind's own schema. */
export function castAgent(
  id: string,
  entry: unknown,
  kinds: ReadonlyMap<string, FoundKind>,
  ground: Ground,
): ReadAgent {
  const at: Path = ['agents', id];
  const fitted = fit(agentEntry, entry, at);
  const head =
    isRecord(entry) && typeof entry.kind === 'string' ? kinds.get(entry.kind) : undefined;
  if (head === undefined) {
    const named = isRecord(entry) && typeof entry.kind === 'string' && entry.kind !== '';
    const problems = fitted.ok ? [] : fitted.problems;
    return {
      problems: named ? [...problems, unknownKind(entry.kind as string, at, kinds)] : problems,
    };
  }
  const { kind } = head;
  const member: Member = { id, inputs: kind.inputs, outputs: kind.outputs };
  const { kind: _kind, isolation: _isolation, ...written } = entry as Record<string, unknown>;
  const params = fitParams(kind, written, at);
  const problems = [
    ...(fitted.ok ? [] : fitted.problems),
    ...(params.ok ? [] : params.problems),
    ...pathProblems(kind, written, at, ground),
  ];
  const roles = { id, kind, params: params.ok ? (params.value as RoleUser['params']) : written };
  if (!params.ok || !fitted.ok) return { member, roles, problems };
  const casting = {
    id,
    kind,
    params: params.value,
    written,
    ...(head.file === undefined ? {} : { kindFile: head.file }),
    isolation: fitted.value.isolation ?? kind.isolation ?? 'inline',
  };
  return { member, casting, roles, problems };
}

/** Parses params by the kind's schema with unknown keys refused, however the kind wrote it. */
function fitParams(kind: AnyAgentKind, written: Params, at: Path): Fitted<unknown> {
  const schema = kind.params;
  if (typeof schema.strict === 'function') return fit(schema.strict(), written, at);
  const known = keysAt(schema, []);
  const strange =
    known.length === 0 ? [] : Object.keys(written).filter((key) => !known.includes(key));
  if (strange.length === 0) return fit(schema, written, at);
  return { ok: false, problems: strange.map((key) => unknownKey([...at, key], known)) };
}

function unknownKind(written: string, at: Path, kinds: ReadonlyMap<string, FoundKind>): Problem {
  return {
    code: 'unknown-kind',
    at: [...at, 'kind'],
    says: `there is no kind named \`${written}\``,
    expected: listed([...kinds.keys()]),
    ...suggestion(written, kinds.keys()),
    try: 'name one of these, or the file of your own kind under use:',
  };
}

function pathProblems(kind: AnyAgentKind, written: Params, at: Path, ground: Ground): Problem[] {
  return (kind.paths ?? []).flatMap((param) => {
    const value = Object.hasOwn(written, param) ? written[param] : undefined;
    const paths = Array.isArray(value) ? value : [value];
    return paths.flatMap((path, i): Problem[] => {
      if (typeof path !== 'string') return [];
      const found = findInside(ground, path);
      if (found.ok) return [];
      return [{ ...found.problem, at: [...at, param, ...(Array.isArray(value) ? [i] : [])] }];
    });
  });
}
