// npm run prove:kills [-- --points 500 --at-once 2 --within 5 --seed 1 --json]: kills a playing
// engine with SIGKILL at so many moments within its first seconds. Each time its folder is
// recovered and verified, its journal must be the beginning of that of an unbroken run, and what is
// lost is measured against the wall: on a busy machine that tells how long the engine waited, too.
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { at } from './paths.mjs';
import { prepare } from './prepare.mjs';
import { runNode } from './spawned.mjs';

/** Half of the kills hit an engine that writes as fast as it can; only the others tell seconds. */
const DENSE = { name: '04-forking-paths', clock: 'virtual', duration: '60s' };
const PACED = ['02-ouroboros', '03-dialogue', '04-forking-paths', '09-collapse'];
const PIECES = PACED.flatMap((name) => [DENSE, { name, clock: 'real', duration: '20s' }]);

await prepare();
const { buildIfStale } = await import('./build.mjs');
if (!(await buildIfStale())) process.exit(1);
const { journalLines, recoverRun, verifyRun } = await import('../dist/src/archive/index.js');
const { wavInfo } = await import('../dist/src/audio/index.js');

const { values } = parseArgs({
  options: {
    points: { type: 'string', default: '500' },
    'at-once': { type: 'string', default: '2' },
    seed: { type: 'string', default: '1' },
    within: { type: 'string', default: '5' },
    json: { type: 'boolean', default: false },
  },
});
const points = Number(values.points);
const home = mkdtempSync(join(tmpdir(), 'demiurge-kills-'));
try {
  const chances = Array.from({ length: points }, (_, i) => chance(Number(values.seed), i));
  const unbroken = new Map();
  for (const piece of new Set(PIECES)) unbroken.set(piece, await unbrokenRun(piece));
  const killed = [];
  const next = async () => {
    for (let i = killed.length; i < points; i = killed.length) {
      killed.push(undefined);
      const piece = PIECES[i % PIECES.length];
      const out = join(home, `${i}`);
      killed[i] = await kill(piece, out, chances[i] * Number(values.within), unbroken.get(piece));
      const done = killed.filter((one) => one !== undefined);
      if (!values.json && done.length % 25 === 0) report(done);
    }
  };
  await Promise.all(Array.from({ length: Number(values['at-once']) }, next));
  if (values.json || points % 25 !== 0) report(killed);
} finally {
  rmSync(home, { recursive: true, force: true });
}

/** A number from 0 to 1 for each point, the same for the same seed (Weyl sequence). */
function chance(seed, index) {
  return ((index + 1) * 0.6180339887498949 + seed * 0.7548776662466927) % 1;
}

function playing({ name, duration }, out, clock) {
  const scenario = at('scenarios', `${name}.yaml`);
  const rest = ['--clock', clock, '--no-dashboard', '--out', out, '--duration', duration];
  return [at('bin', 'demiurge.mjs'), 'run', scenario, ...rest];
}

/** The journal of a run that nobody kills, and when what was said in it was said. */
async function unbrokenRun(piece) {
  const out = join(home, `${piece.name}-${piece.clock}`);
  const [script, ...args] = playing(piece, out, 'virtual');
  const { code, said } = await runNode(script, args);
  if (code !== 0) throw new Error(said);
  const lines = [...journalLines(join(out, 'journal'))];
  return {
    journal: readFileSync(join(out, 'journal', '000001.jsonl')),
    said: lines.filter(({ record }) => record.type === 'said').map(({ record }) => record.time),
  };
}

/** Plays, kills after so many seconds of music, recovers, verifies, and measures what is lost. */
async function kill(piece, out, seconds, { journal, said }) {
  const { name, clock } = piece;
  const engine = spawn(process.execPath, playing(piece, out, clock), { stdio: 'ignore' });
  const gone = new Promise((resolve) => void engine.once('exit', resolve));
  while (!existsSync(join(out, 'run.json')) && engine.exitCode === null) await wait(5);
  const { startedAt, sampleRate } = JSON.parse(readFileSync(join(out, 'run.json'), 'utf8'));
  await wait(Math.max(0, seconds * 1000 - (Date.now() - Date.parse(startedAt))));
  const played = (Date.now() - Date.parse(startedAt)) / 1000;
  engine.kill('SIGKILL');
  await gone;
  const recovery = await recoverRun(out);
  const findings = await verifyRun(out, { blobs: 'all' });
  const again = await recoverRun(out);
  const file = join(out, 'journal', '000001.jsonl');
  const kept = existsSync(file) ? readFileSync(file) : Buffer.alloc(0);
  const lines = [...journalLines(join(out, 'journal'))];
  const told = lines.filter(({ record }) => record.type === 'said').length;
  const missed = said.slice(told).filter((time) => time / sampleRate <= played);
  const sound = join(out, 'audio', 'out.wav');
  const paced = clock === 'real';
  const measured = {
    name,
    clock,
    played,
    entries: lines.length,
    recovery,
    findings,
    idempotent: again.drafts + again.tornBytes + again.linesCut + again.sounds.length === 0,
    prefix: journal.subarray(0, kept.length).equals(kept),
    soundLost: !paced ? 0 : played - (existsSync(sound) ? wavInfo(sound).frames / sampleRate : 0),
    journalLost: !paced || missed.length === 0 ? 0 : played - missed[0] / sampleRate,
  };
  rmSync(out, { recursive: true, force: true });
  return measured;
}

function report(killed) {
  const most = (of) => Math.max(...killed.map(of));
  const paced = killed.filter(({ clock }) => clock === 'real');
  const mean = (of) => paced.reduce((sum, one) => sum + of(one), 0) / paced.length;
  const result = {
    points: killed.length,
    paced: paced.length,
    unclean: killed.filter(({ findings }) => findings.length > 0).length,
    notIdempotent: killed.filter(({ idempotent }) => !idempotent).length,
    notAPrefix: killed.filter(({ prefix }) => !prefix).length,
    recovered: killed.filter(({ recovery: r }) => r.drafts + r.tornBytes + r.linesCut > 0).length,
    soundsMended: killed.filter(({ recovery }) => recovery.sounds.length > 0).length,
    soundLostMost: most(({ soundLost }) => soundLost),
    soundLostMean: mean(({ soundLost }) => soundLost),
    journalLostMost: most(({ journalLost }) => journalLost),
    journalLostMean: mean(({ journalLost }) => journalLost),
    over2s: killed.filter((one) => Math.max(one.soundLost, one.journalLost) > 2).length,
  };
  process.stdout.write(`${JSON.stringify(result, undefined, 2)}\n`);
  for (const one of killed.filter(({ findings }) => findings.length > 0).slice(0, 5)) {
    process.stderr.write(`${JSON.stringify(one)}\n`);
  }
  const { unclean, notIdempotent, notAPrefix, over2s } = result;
  process.exitCode = unclean + notIdempotent + notAPrefix + over2s > 0 ? 1 : 0;
}
