import type { RehearsalCertificate, RehearsedLoop } from './certificate.js';

/** A certificate as one page of text. */
export function rehearsalText(certificate: RehearsalCertificate): string {
  const { title, seed, days, checks, passed } = certificate;
  const head = `Rehearsal of ${title}: ${short(days)} days, mishaps of seed ${seed}`;
  const width = Math.max(...checks.map(({ name }) => name.length));
  return [
    head,
    '═'.repeat(head.length),
    ...rows(certificate).map(([name, says]) => `${name.padEnd(width)}    ${says}`),
    '',
    ...checks.map((one) => `${one.passed ? '✓' : '✗'} ${one.name.padEnd(width)}  ${one.says}`),
    '',
    passed ? 'It may be left alone, as far as this shows.' : 'It may not be left alone.',
  ].join('\n');
}

function rows({
  figures,
  measured,
}: RehearsalCertificate): readonly (readonly [name: string, says: string])[] {
  const { messages, delivered, dropped, inFlight, restarts, mishaps, loops } = figures;
  const { wallSeconds, archiveBytes, tornWrites, diskRefusals, journalEntries } = measured;
  const rate = Math.round(messages / wallSeconds);
  return [
    ['played in', `${short(wallSeconds)} s, ${rate} messages a second`],
    ['messages', `${messages} said, ${delivered} delivered, ${inFlight} still in flight`],
    ['dropped', listed(dropped)],
    ['struck by', listed({ ...mishaps, 'torn write': tornWrites })],
    ['restarts', `${restarts}, each at once`],
    ['silence', silence(figures.silenceSeconds)],
    ['loops', longest(loops)],
    ['disk', `${size(archiveBytes)} in ${journalEntries} lines, ${diskRefusals} refusals`],
  ];
}

function listed(counts: Readonly<Record<string, number>>): string {
  const some = Object.entries(counts).filter(([, count]) => count > 0);
  return some.map(([name, count]) => `${count} ${name}`).join(', ') || 'nothing';
}

function silence(seconds: number | undefined): string {
  return seconds === undefined ? 'nobody records' : `${short(seconds)} s at most`;
}

function longest(loops: readonly RehearsedLoop[]): string {
  const worst = loops.toSorted((a, b) => b.quietSeconds - a.quietSeconds)[0];
  if (worst === undefined) return 'none';
  const { agents, quietSeconds } = worst;
  return `${loops.length}; ${agents.join(' → ')} carried nothing for ${short(quietSeconds)} s`;
}

function size(bytes: number): string {
  return bytes < 1e9 ? `${short(bytes / 1e6)} MB` : `${short(bytes / 1e9)} GB`;
}

function short(number: number): string {
  return String(Number(number.toFixed(number < 10 ? 2 : 1)));
}
