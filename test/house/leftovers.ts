import type { Breach, Source } from './source.js';
import { breachAt } from './source.js';
import { dotted, walk } from './walk.js';

const REMINDER = /\b(TO_?DO|FIX_?ME|XXX|HACK)\b/;
const PARKED = /^(it|test|describe|suite|bench)\.(only|skip|todo|fixme)$/;
const MACHINE = /(^|[^\w.])\/(root|work|farm|Users|home|tmp\/bash_jobs)\/[\w.-]/;

/** Comments that remind somebody of something. */
export function reminders(source: Source): readonly Breach[] {
  return source.comments
    .filter(({ value }) => REMINDER.test(value))
    .map(({ start }) => breachAt(source, start, 'a reminder', 'Do it now, or take it out'));
}

/** Tests that are parked, or that park all the others. */
export function parkedTests(source: Source): readonly Breach[] {
  const breaches: Breach[] = [];
  walk(source.program, (node) => {
    const name = node.type === 'MemberExpression' ? dotted(node) : undefined;
    if (name === undefined || !PARKED.test(name)) return;
    breaches.push(breachAt(source, node.start, `${name} in a test`, 'Let every test run'));
  });
  return breaches;
}

/** Paths that exist on one machine only. */
export function machinePaths(path: string, text: string): readonly Breach[] {
  return text.split('\n').flatMap((line, index) => {
    if (!MACHINE.test(line)) return [];
    const remedy = 'Make it relative to the file or the project';
    return [{ path, line: index + 1, says: 'a path of one machine', remedy }];
  });
}
