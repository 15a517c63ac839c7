// The phrases of `corpus render`, played on the sampled violin of a General MIDI soundfont (Debian:
// fluidsynth and fluid-soundfont-gm).
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const SOUNDFONT = process.env.DEMIURGE_SOUNDFONT ?? '/usr/share/sounds/sf2/FluidR3_GM.sf2';
const [VIOLIN, PIZZICATO] = [40, 45];
const TICKS = 1000;
const BEND_SEMITONES = 24;
const STEP_SECONDS = 0.01;

/** Why nothing can be sampled here, or nothing at all. */
function unsampled() {
  const found = spawnSync('fluidsynth', ['--version']).status === 0;
  if (found && existsSync(SOUNDFONT)) return undefined;
  return (
    `${found ? SOUNDFONT : 'fluidsynth'} is not here: ` +
    'apt-get install fluidsynth fluid-soundfont-gm, or name a soundfont in DEMIURGE_SOUNDFONT'
  );
}

/** Renders a corpus and samples it; the exit code of what went wrong, or 0. */
export async function sampledCorpus(main, render, folder) {
  const missing = unsampled();
  if (missing !== undefined) {
    process.stderr.write(`${missing}\n`);
    return 2;
  }
  const draft = `${folder}.new`;
  rmSync(draft, { recursive: true, force: true });
  const rendered = await main(['corpus', 'render', ...render, '--out', draft]);
  if (rendered !== 0) return rendered;
  sampleCorpus(draft);
  renameSync(draft, folder);
  return 0;
}

/** Replaces every WAV of a rendered corpus by its notes on the sampled violin. */
function sampleCorpus(folder) {
  for (const file of readdirSync(folder).filter((name) => /^\d.*\.json$/.test(name))) {
    const label = JSON.parse(readFileSync(join(folder, file), 'utf8'));
    const wav = join(folder, label.file);
    const [midi, draft] = [`${wav}.mid`, `${wav}.new.wav`];
    writeFileSync(midi, midiOf(label.notes));
    const words = ['-ni', '-q', '-R', '0', '-C', '0', '-g', '2', '-r', String(label.sampleRate)];
    const told = ['-T', 'wav', '-O', 's16', '-F', draft, SOUNDFONT, midi];
    const { status, stderr } = spawnSync('fluidsynth', [...words, ...told], { encoding: 'utf8' });
    if (status !== 0) throw new Error(`fluidsynth: ${stderr}`);
    rmSync(midi);
    renameSync(draft, wav);
  }
}

/** A MIDI file of one track at 1000 ticks a second; notes as `corpus render` labels them. */
function midiOf(notes) {
  const events = notes.flatMap(eventsOf).toSorted((a, b) => a.at - b.at || a.order - b.order);
  const head = [0xb0, 101, 0, 0, 0xb0, 100, 0, 0, 0xb0, 6, BEND_SEMITONES, 0, 0xb0, 38, 0];
  const bytes = [0, 0xff, 0x51, 3, 0x0f, 0x42, 0x40, 0, ...head];
  let now = 0;
  for (const { at, data } of events) {
    const tick = Math.round(at * TICKS);
    bytes.push(...variableLength(tick - now), ...data);
    now = tick;
  }
  bytes.push(...variableLength(TICKS), 0xff, 0x2f, 0);
  const header = Buffer.from([
    ...Buffer.from('MThd'),
    0,
    0,
    0,
    6,
    0,
    0,
    0,
    1,
    TICKS >> 8,
    TICKS & 255,
  ]);
  const track = Buffer.alloc(8);
  track.write('MTrk');
  track.writeUInt32BE(bytes.length, 4);
  return Buffer.concat([header, track, Buffer.from(bytes)]);
}

/** One note as MIDI: its strokes, its slide, its program. */
function eventsOf(note) {
  const { technique, startSeconds: start, seconds, loudnessDb } = note;
  const plucked = technique === 'pizzicato' || technique === 'col-legno';
  const velocity = Math.round(Math.min(127, Math.max(20, 30 + ((loudnessDb + 34) / 22) * 90)));
  const key = Math.round(keyOf(note.f0Hz)) + (technique === 'harmonics' ? 12 : 0);
  const other = Math.round(keyOf(note.toF0Hz ?? note.f0Hz));
  const program = { at: start, order: 1, data: [0xc0, plucked ? PIZZICATO : VIOLIN] };
  const sound = (pitch, at, length) => [
    { at, order: 2, data: [0x90, pitch, velocity] },
    { at: at + length, order: 0, data: [0x80, pitch, 0] },
  ];
  if (technique === 'tremolo' || technique === 'trill') {
    const strokes = Math.max(1, Math.round(seconds * note.strokesHz));
    const length = seconds / strokes;
    const pitch = (i) => (technique === 'trill' && i % 2 === 1 ? other : key);
    const all = Array.from({ length: strokes }, (_, i) =>
      sound(pitch(i), start + i * length, length * 0.95),
    );
    return [program, bend(start, 0), ...all.flat()];
  }
  if (technique !== 'glissando') return [program, bend(start, 0), ...sound(key, start, seconds)];
  const steps = Math.max(1, Math.round(seconds / STEP_SECONDS));
  const slide = Array.from({ length: steps }, (_, i) =>
    bend(start + (i * seconds) / steps, ((other - key) * i) / steps),
  );
  return [program, ...slide, ...sound(key, start, seconds)];
}

function bend(at, semitones) {
  const value = Math.round(8192 + (8191 * Math.max(-24, Math.min(24, semitones))) / BEND_SEMITONES);
  return { at, order: 1, data: [0xe0, value & 127, value >> 7] };
}

function keyOf(hz) {
  return 69 + 12 * Math.log2(hz / 440);
}

function variableLength(value) {
  const bytes = [value & 127];
  for (let rest = value >> 7; rest > 0; rest >>= 7) bytes.unshift((rest & 127) | 128);
  return bytes;
}
