import { UserError } from '../core/index.js';
import type { Subject, SubjectPattern } from './bus.js';

/** Whose words a subject of Demiurge carries, read back from its tokens. */
export type SubjectParts =
  | {
      readonly part: 'signal';
      readonly run: string;
      readonly agent: string;
      readonly port: string;
    }
  | { readonly part: 'telemetry'; readonly run: string; readonly topic: readonly string[] }
  | { readonly part: 'control'; readonly run: string; readonly name: string };

const ROOT = 'demiurge';

// The server splits its protocol at white space, and control characters would only ever be an
// accident.
function isToken(text: string): boolean {
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code <= 0x20 || code === 0x7f) return false;
  }
  return text.length > 0;
}

function isWord(token: string): boolean {
  return isToken(token) && token !== '*' && token !== '>';
}

/** Whether the text is a literal NATS subject: tokens joined by dots, none of them a wildcard. */
export function isSubject(text: string): boolean {
  return text.split('.').every(isWord);
}

/**
 * Whether the text is a NATS subscription pattern: `*` for one token, `>` as the last token for the
 * rest.
 */
export function isPattern(text: string): boolean {
  const tokens = text.split('.');
  return tokens.every((token, i) => isToken(token) && (token !== '>' || i === tokens.length - 1));
}

/** Returns the subject, or throws a UserError that says what a subject is. */
export function checkSubject(text: string): Subject {
  if (isSubject(text)) return text;
  throw new UserError({
    what: `${JSON.stringify(text)} is not a subject`,
    allowed: 'words joined by dots, without spaces, `*` or `>`',
    hint: 'demiurge.<run>.signal.<agent>.<port>',
  });
}

/** Returns the pattern, or throws a UserError that says what a pattern is. */
export function checkPattern(text: string): SubjectPattern {
  if (isPattern(text)) return text;
  throw new UserError({
    what: `${JSON.stringify(text)} is not a subject pattern`,
    allowed: 'words joined by dots; `*` for one word, `>` for the rest and only at the end',
    hint: 'demiurge.<run>.signal.>',
  });
}

/** Whether a pattern covers a subject, by the rules of NATS: `>` stands for at least one token. */
export function matches(pattern: SubjectPattern, subject: Subject): boolean {
  const wanted = pattern.split('.');
  const tokens = subject.split('.');
  for (let i = 0; i < wanted.length; i++) {
    if (wanted[i] === '>') return tokens.length > i;
    if (i >= tokens.length || (wanted[i] !== '*' && wanted[i] !== tokens[i])) return false;
  }
  return wanted.length === tokens.length;
}

/** `demiurge.<run>.signal.<agent>.<port>`: where an agent says what leaves one of its ports. */
export function signalSubject(run: string, agent: string, port: string): Subject {
  return subjectOf(run, 'signal', agent, port);
}

/** `demiurge.<run>.telemetry.<topic…>`: what the watching hear; at least one word of topic. */
export function telemetrySubject(run: string, ...topic: readonly [string, ...string[]]): Subject {
  return subjectOf(run, 'telemetry', ...topic);
}

/** `demiurge.<run>.control.<name>`: where a run takes orders. */
export function controlSubject(run: string, name: string): Subject {
  return subjectOf(run, 'control', name);
}

/** The pattern of everything one part of a run says, such as `demiurge.<run>.telemetry.>`. */
export function runPattern(run: string, part: SubjectParts['part']): SubjectPattern {
  return `${subjectOf(run, part)}.>`;
}

/** Reads a subject of Demiurge back; undefined when it is not one. */
export function parseSubject(subject: Subject): SubjectParts | undefined {
  if (!isSubject(subject)) return undefined;
  const [root, run, part, first, ...rest] = subject.split('.');
  if (root !== ROOT || run === undefined || first === undefined) return undefined;
  if (part === 'telemetry') return { part, run, topic: [first, ...rest] };
  if (part === 'control' && rest.length === 0) return { part, run, name: first };
  const [port] = rest;
  if (part !== 'signal' || port === undefined || rest.length > 1) return undefined;
  return { part, run, agent: first, port };
}

function subjectOf(...tokens: readonly string[]): Subject {
  for (const token of tokens) checkWord(token);
  return [ROOT, ...tokens].join('.');
}

/** Returns what can be one word of a subject, or throws a UserError. */
export function checkWord(token: string): string {
  if (!token.includes('.') && isWord(token)) return token;
  throw new UserError({
    what: `${JSON.stringify(token)} cannot be one word of a subject`,
    allowed: 'a name without dots, spaces, `*` or `>`',
  });
}
