import { UserError } from '../core/index.js';

/** One value to write somewhere else than it stands: `agents.una.feedback` and `0.9`. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Reads `agents.una.feedback=0.9`; the value is YAML. A UserError for anything else. */
export async function readSetting(written: string): Promise<Setting> {
  const at = written.indexOf('=');
  const path = written.slice(0, at).split('.');
  if (at < 1 || path.some((step) => step === '')) throw noSetting(written);
  const { parse } = await import('yaml');
  try {
    return { path, value: parse(written.slice(at + 1)) as unknown };
  } catch {
    throw noSetting(written);
  }
}

function noSetting(written: string): UserError {
  return new UserError({
    what: 'this is no setting',
    where: written,
    allowed: 'a path and a value, such as agents.una.feedback=0.9',
  });
}

/**
 * A scenario's text with some values changed, comments and order kept. A UserError for a path that
 * leads through nothing; what is allowed there is for the scenario's own check to say.
 */
export async function withSettings(text: string, settings: readonly Setting[]): Promise<string> {
  if (settings.length === 0) return text;
  const { parseDocument, isCollection } = await import('yaml');
  const document = parseDocument(text);
  for (const { path, value } of settings) {
    const way = path.slice(0, -1).map(step);
    const parent: unknown = way.length === 0 ? document.contents : document.getIn(way, true);
    if (!isCollection(parent)) {
      throw new UserError({
        what: `the scenario has nothing at ${path.slice(0, -1).join('.')}`,
        where: path.join('.'),
        allowed: 'a path to something that is written there, or one step further',
      });
    }
    document.setIn(path.map(step), value);
  }
  return String(document);
}

function step(name: string): string | number {
  return /^\d+$/.test(name) ? Number(name) : name;
}
