import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  controlSubject,
  isPattern,
  isSubject,
  matches,
  parseSubject,
  runPattern,
  signalSubject,
  telemetrySubject,
} from '../../src/bus/index.js';

// Holds: `matches` agrees with the definition of NATS wildcards written as a regular expression.
// Matters because both buses must send the same message to the same agents.
const token = fc.constantFrom('a', 'b', 'ab', 'a*', '>a', '*', '>');
const literal = fc.constantFrom('a', 'b', 'ab', 'a*', '>a');
const patternOf = fc.array(token, { minLength: 1, maxLength: 5 }).map((t) => t.join('.'));
const subjectOf = fc.array(literal, { minLength: 1, maxLength: 5 }).map((t) => t.join('.'));

function naive(pattern: string): RegExp {
  const parts = pattern.split('.').map((word) => {
    if (word === '*') return '[^.]+';
    return word === '>' ? '.+' : word.replaceAll(/[*>]/g, '\\$&');
  });
  return new RegExp(`^${parts.join('\\.')}$`);
}

test('matching agrees with a naive matcher for every pattern and subject', () => {
  fc.assert(
    fc.property(patternOf.filter(isPattern), subjectOf, (pattern, subject) => {
      expect(matches(pattern, subject)).toBe(naive(pattern).test(subject));
    }),
    { numRuns: 3000 },
  );
});

test('every subject is a pattern that matches itself, and `>` matches every subject', () => {
  fc.assert(
    fc.property(subjectOf, (subject) => {
      expect([isSubject(subject), isPattern(subject)]).toEqual([true, true]);
      expect(matches(subject, subject) && matches('>', subject)).toBe(true);
    }),
  );
});

test('a pattern is sound only with its `>` at the end', () => {
  fc.assert(
    fc.property(patternOf, (pattern) => {
      expect(isPattern(pattern)).toBe(!pattern.split('.').slice(0, -1).includes('>'));
    }),
  );
});

test('what is built reads back', () => {
  const word = fc.stringMatching(/^[a-zA-Z0-9_/:-]{1,12}$/);
  const signal = { part: 'signal', run: 'r', agent: 'una', port: 'mel' };
  expect(parseSubject(signalSubject('r', 'una', 'mel'))).toEqual(signal);
  fc.assert(
    fc.property(word, word, word, fc.array(word, { maxLength: 3 }), (run, a, b, rest) => {
      expect(parseSubject(signalSubject(run, a, b))).toEqual({
        part: 'signal',
        run,
        agent: a,
        port: b,
      });
      const topic = [a, ...rest];
      expect(parseSubject(telemetrySubject(run, a, ...rest))).toEqual({
        part: 'telemetry',
        run,
        topic,
      });
      expect(parseSubject(controlSubject(run, a))).toEqual({ part: 'control', run, name: a });
      expect(matches(runPattern(run, 'telemetry'), telemetrySubject(run, a, ...rest))).toBe(true);
    }),
  );
});

test('subjects of others read as nothing', () => {
  for (const subject of [
    'demiurge',
    'demiurge.r',
    'demiurge.r.signal.a',
    'demiurge.r.signal.a.b.c',
    'demiurge.r.telemetry',
    'demiurge.r.control.a.b',
    'demiurge.r.blob.a',
    'other.r.control.a',
    'demiurge.r.control.*',
    'demiurge..control.a',
  ]) {
    expect(parseSubject(subject), subject).toBeUndefined();
  }
});

test('builders refuse names that would become other subjects', () => {
  for (const bad of ['', 'a.b', 'a b', '*', '>', 'a\tb', 'a\u0000']) {
    expect(() => signalSubject('r', bad, 'out'), bad).toThrow(/one word of a subject/);
    expect(() => telemetrySubject(bad, 'x'), bad).toThrow(/one word of a subject/);
    expect(() => controlSubject('r', bad), bad).toThrow(/one word of a subject/);
  }
});
