import type { Certificate } from './certificate.js';
import { sayDifference } from './difference.js';
import type { Foreseen } from './foreseen.js';
import type { ReplayCertificate } from './replay-run.js';

const HASH_SHOWN = 16;

/** A replay's certificate as one page of text. */
export function certificateText(certificate: ReplayCertificate): string {
  const { replay, first } = certificate;
  return [
    ['Replay certificate', headline(certificate)],
    [verdictOf(certificate)],
    first === undefined ? [] : sayDifference(first, replay.sampleRate),
    first === undefined ? [] : spreadTable(certificate),
    agentTable(certificate),
    soundTable(certificate),
    madeOf(replay),
    foreseenText(certificate.foreseen),
  ]
    .filter((part) => part.length > 0)
    .map((part) => part.join('\n'))
    .join('\n\n');
}

/** What is known before a replay begins, as lines of text; none when nothing is. */
export function foreseenText(foreseen: readonly Foreseen[]): readonly string[] {
  return foreseen.map(({ about, says, risk }) => `${risk ? '!' : '·'} ${about.padEnd(8)} ${says}`);
}

function headline({ replay, original, fromSeconds, seconds, replaced }: ReplayCertificate): string {
  const end = seconds ?? (replay.lastTime + 1) / replay.sampleRate;
  const from = fromSeconds === 0 ? '' : `${fromSeconds.toFixed(1)} s to `;
  const length = `${from}${end.toFixed(1)} s`;
  const other = Object.entries(replaced).map(([agent, kind]) => `${agent} as ${kind}`);
  const swapped = other.length === 0 ? '' : ` · with ${other.join(', ')}`;
  const { title, seed, run } = replay;
  return `${title} · seed ${seed} · ${length} · ${original.run} → ${run}${swapped}`;
}

function verdictOf(certificate: ReplayCertificate): string {
  const { verdict, compared, audio, cutOff } = certificate;
  const rest = cutOff ? ', up to where the original was cut off' : '';
  const files = `${audio.length} sound file${audio.length === 1 ? '' : 's'}`;
  const what = `${compared} records and ${files}`;
  if (verdict === 'identical') return `IDENTICAL  ${what}, byte for byte${rest}`;
  const alike = Object.values(certificate.spread).reduce((sum, { equal }) => sum + equal, 0);
  return certificate.first === undefined
    ? `DIFFERENT  all ${alike} records are alike${rest}, but not the sound`
    : `DIFFERENT  ${alike} of ${compared} records are alike${rest}; the first that is not:`;
}

function spreadTable({ spread, replay }: ReplayCertificate): string[] {
  const touched = Object.entries(spread).filter(([, { firstTime }]) => firstTime !== undefined);
  const sorted = touched.toSorted(([, a], [, b]) => (a.firstTime ?? 0) - (b.firstTime ?? 0));
  const rows = sorted.map(([agent, { equal, changed, missing, extra, firstTime = 0 }]) => [
    agent,
    `${(firstTime / replay.sampleRate).toFixed(3)} s`,
    ...[equal, changed, missing, extra].map(String),
  ]);
  const untouched = Object.keys(spread).filter((id) => !touched.some(([agent]) => agent === id));
  const rest = untouched.length === 0 ? [] : [`untouched: ${untouched.join(', ')}`];
  return [
    ...table([['spread to', 'from', 'alike', 'changed', 'missing', 'new'], ...rows]),
    ...rest,
  ];
}

function agentTable({ original, replay }: ReplayCertificate): string[] {
  const rows = Object.entries(original.agents).map(([id, { said, lapsMax, chain }]) => {
    const other = replay.agents[id];
    const mark =
      other?.chain === chain ? '=' : `≠ ${other?.chain.slice(0, HASH_SHOWN) ?? 'silent'}`;
    return [id, String(said), String(lapsMax), chain.slice(0, HASH_SHOWN), mark];
  });
  const { digest } = original.journal;
  const same =
    replay.journal.digest === digest ? '=' : `≠ ${replay.journal.digest.slice(0, HASH_SHOWN)}`;
  const journal = [
    'journal',
    String(original.journal.entries),
    '',
    digest.slice(0, HASH_SHOWN),
    same,
  ];
  return table([['agent', 'said', 'laps', 'chain', ''], ...rows, journal]);
}

function soundTable({ audio, replay }: ReplayCertificate): string[] {
  const hashes = new Map(replay.audio.map(({ file, hash, seconds }) => [file, { hash, seconds }]));
  const marks = { equal: '=', part: '= as far as both go', missing: '≠ missing', extra: '≠ new' };
  const rows = audio.map(({ file, verdict, firstSeconds = 0 }) => {
    const { hash = '', seconds } = hashes.get(file) ?? {};
    const mark = verdict === 'different' ? `≠ from ${firstSeconds.toFixed(3)} s` : marks[verdict];
    return [
      file,
      seconds === undefined ? '' : `${seconds.toFixed(1)} s`,
      hash.slice(0, HASH_SHOWN),
      mark,
    ];
  });
  return rows.length === 0 ? [] : table([['sound', 'length', 'sha256', ''], ...rows]);
}

function madeOf({ scenario, models, versions }: Certificate): string[] {
  const { demiurge, node, machine, cpu, ...rest } = versions;
  const more = Object.entries(rest).map(([name, version]) => `${name} ${version}`);
  const on = [`Demiurge ${demiurge}`, `Node ${node}`, machine, cpu, ...more];
  const rows = [
    ['scenario', scenario.slice(0, HASH_SHOWN)],
    ...models.map(({ role, run, hash }) => [role, `${run} ${hash.slice(0, HASH_SHOWN)}`]),
    ['made by', on.filter((one) => one !== undefined).join(', ')],
  ];
  return table(rows);
}

function table(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, i) => cell.padEnd(i === row.length - 1 ? 0 : (widths[i] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
