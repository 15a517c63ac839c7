import { basename } from 'node:path';
import { parseDocument } from 'yaml';
import { messageOf, UserError } from '../../core/index.js';

/** Settings of a training run by the original's names. */
export type Settings = Readonly<Record<string, unknown>>;

// Deeper tables, or longer texts, are no settings; they would exhaust the stack or the memory.
const BYTES_MAX = 4 * 1024 * 1024;
const DEPTH_MAX = 32;

const NAMES = ['config.json', 'args.yml', 'args.yaml', 'config.yaml', 'model_args.json'];

/** Whether a file name is one under which training runs keep their settings. */
export function isSettingsFile(path: string): boolean {
  return NAMES.includes(basename(path));
}

/**
 * Reads the settings a training run left: JSON, or YAML as argparse and Weights & Biases dump it.
 * Values kept as text become numbers, booleans and lists again. Throws a UserError that names the
 * file.
 */
export function parseSettings(text: string, where: string): Settings {
  if (text.length > BYTES_MAX) {
    throw new UserError({
      what: 'the settings are absurdly long',
      where,
      allowed: 'at most 4 MiB',
    });
  }
  const raw = where.endsWith('.json') ? json(text, where) : yaml(text, where);
  checkDepth(raw, where, 0);
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) {
    throw new UserError({ what: 'the settings are no table of names and values', where });
  }
  const entries = Object.entries(unwrapped(raw as Settings));
  return Object.fromEntries(entries.map(([name, value]) => [name, revived(value)]));
}

function json(text: string, where: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UserError({ what: `not JSON: ${messageOf(cause)}`, where });
  }
}

// Aliases are off: a few lines of them can unfold to gigabytes.
function yaml(text: string, where: string): unknown {
  const document = parseDocument(text, { logLevel: 'silent' });
  const [error] = document.errors;
  if (error) throw new UserError({ what: `not YAML: ${firstLine(error.message)}`, where });
  try {
    return document.toJS({ maxAliasCount: 0 });
  } catch (cause) {
    throw new UserError({ what: `not YAML: ${firstLine(messageOf(cause))}`, where });
  }
}

/** The parser draws the place below its message; one line is enough here. */
function firstLine(message: string): string {
  return (message.split('\n')[0] as string).replace(/:$/, '');
}

function checkDepth(value: unknown, where: string, depth: number): void {
  if (typeof value !== 'object' || value === null) return;
  if (depth > DEPTH_MAX) {
    throw new UserError({
      what: 'the settings are nested too deeply',
      where,
      allowed: `${DEPTH_MAX}`,
    });
  }
  for (const inner of Object.values(value)) checkDepth(inner, where, depth + 1);
}

/** Weights & Biases writes every value as `{ desc, value }`. */
function unwrapped(raw: Settings): Settings {
  const entries = Object.entries(raw).map(([name, value]) => [name, innerValue(value)] as const);
  return Object.fromEntries(entries);
}

function innerValue(value: unknown): unknown {
  const wrapped = typeof value === 'object' && value !== null && 'value' in value;
  return wrapped ? (value as { value: unknown }).value : value;
}

function revived(value: unknown): unknown {
  if (typeof value !== 'string') return value;
  const text = value.trim();
  if (/^-?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text)) return Number(text);
  if (text === 'True') return true;
  if (text === 'False') return false;
  if (text === 'None') return null;
  if (/^[[(][\d\s.,()[\]-]*[\])]$/.test(text)) return list(text) ?? value;
  return value;
}

function list(text: string): unknown {
  const asJson = text
    .replaceAll('(', '[')
    .replaceAll(')', ']')
    .replaceAll(/,\s*\]/g, ']');
  try {
    return JSON.parse(asJson);
  } catch {
    // Not a list after all: the text itself is the value.
    return undefined;
  }
}
