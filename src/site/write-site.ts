import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { monoOf, readWav } from '../audio/index.js';
import { UserError, writeWhole } from '../core/index.js';
import { drawSvg } from '../topologies/index.js';
import { slugs, takePage } from './address.js';
import { dataScript, indexData, runData } from './data.js';
import { THUMBNAIL, indexPageText } from './pages/index-page.js';
import type { IndexEntry } from './pages/index-page.js';
import { takePageText } from './pages/take-page.js';
import { melPicture } from './pictures/spectrogram.js';
import type { SoundsKept } from './sounds/chosen-sounds.js';
import { writeRecordings } from './sounds/write-recordings.js';
import { writeSounds } from './sounds/write-sounds.js';
import type { HeldSounds } from './sounds/write-sounds.js';
import type { SiteRun, Tale } from './tale/tale.js';
import { readTale } from './tale/tale.js';
import { takesOf } from './tale/takes.js';
import { tellTake } from './told/tell-take.js';

/** Where a site goes and how much it holds. */
export interface SiteOptions {
  /** The site's folder: new, empty, or an earlier site, which it replaces. */
  readonly out: string;
  readonly title: string;
  readonly sounds: SoundsKept;
  /** Bytes that single sounds may take up. */
  readonly soundBytes: number;
  /** Of Demiurge. */
  readonly version: string;
  /** Told what goes on, a line at a time. */
  readonly say?: (line: string) => void;
}

/** What was written. */
export interface SiteSum {
  readonly folder: string;
  readonly index: string;
  readonly runs: number;
  readonly takes: number;
  readonly sounds: number;
  readonly soundsLeftOut: number;
}

const ASSETS = ['site.css', 'index.js', 'score.js', 'ancestry.js'] as const;

/**
 * Writes a site of runs: an index, a page for every take, sounds and pictures, all readable from
 * the folder without a server. It stands whole or not at all: what is there stays until the end.
 */
export async function writeSite(runs: readonly SiteRun[], options: SiteOptions): Promise<SiteSum> {
  const out = resolve(options.out);
  refuseForeign(out);
  const draft = `${out}.draft`;
  await rm(draft, { recursive: true, force: true });
  try {
    await mkdir(draft, { recursive: true }).catch((cause) => unwritable(out, cause));
    const sum = await fill(draft, runs, options);
    await rm(out, { recursive: true, force: true });
    await rename(draft, out);
    return { ...sum, folder: out, index: join(out, 'index.html') };
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
}

function unwritable(where: string, cause: unknown): never {
  throw new UserError({ what: 'the site cannot be written here', where, cause });
}

/** A folder that holds something else is left alone. */
function refuseForeign(out: string): void {
  if (!existsSync(out)) return;
  const index = join(out, 'index.html');
  if (existsSync(index) && readFileSync(index, 'utf8').includes(GENERATOR)) return;
  if (readdirSync(out).length === 0) return;
  throw new UserError({
    what: 'this folder holds something that is not a site',
    where: out,
    allowed: 'a new or empty folder, or an earlier site',
    hint: 'name another one with --out',
  });
}

const GENERATOR = '<meta name="generator" content="Demiurge ';

type Counted = Omit<SiteSum, 'folder' | 'index'>;

async function fill(
  folder: string,
  runs: readonly SiteRun[],
  options: SiteOptions,
): Promise<Counted> {
  const names = slugs(runs.map(({ archive }) => archive.record));
  const entries: (IndexEntry & { readonly told: ReturnType<typeof tellTake>[] })[] = [];
  let [sounds, left, bytesLeft] = [0, 0, options.soundBytes];
  for (const [i, run] of runs.entries()) {
    options.say?.(`run ${run.archive.record.run}: ${run.archive.record.title}`);
    const tale = readTale(run, names[i] as string);
    const held = await writeSounds(tale, { folder, kept: options.sounds, bytesLeft });
    entries.push(await writeRun(tale, { folder, held, options }));
    sounds += held.files.size;
    left += held.unfit + held.gone;
    bytesLeft -= held.bytes;
  }
  for (const asset of ASSETS) await writeWhole(join(folder, asset), assetText(asset));
  await writeWhole(join(folder, 'data', 'index.js'), dataScript(indexData(entries)));
  await writeWhole(join(folder, 'index.html'), indexPageText(entries, options));
  const takes = entries.reduce((sum, entry) => sum + entry.takes.length, 0);
  return { runs: runs.length, takes, sounds, soundsLeftOut: left };
}

function assetText(name: string): string {
  return readFileSync(join(dirname(fileURLToPath(import.meta.url)), 'assets', name), 'utf8');
}

interface RunGround {
  readonly folder: string;
  readonly held: HeldSounds;
  readonly options: SiteOptions;
}

async function writeRun(
  tale: Tale,
  { folder, held, options }: RunGround,
): Promise<IndexEntry & { readonly told: ReturnType<typeof tellTake>[] }> {
  const takes = takesOf(tale.begins, tale.ends, tale.said);
  const { title: siteTitle, version } = options;
  const drawing = await drawingOf(tale);
  for (const take of takes) {
    const recordings = await writeRecordings(tale, take, folder);
    const parts = { tale, takes, take, recordings, sounds: held, drawing, siteTitle, version };
    await writeWhole(join(folder, takePage(tale.slug, take.number)), takePageText(parts));
  }
  const data = dataScript(runData(tale, takes, held));
  await writeWhole(join(folder, 'data', `${tale.slug}.js`), data);
  const picture = await thumbnail(tale, folder);
  return { tale, takes, picture, told: takes.map((take) => tellTake(tale, take)) };
}

async function drawingOf({ scenario, kinds }: Tale): Promise<string | undefined> {
  if (scenario === undefined) return undefined;
  const { topology, sampleRate } = scenario;
  return drawSvg(topology, { sampleRate, title: scenario.title, labels: kinds });
}

/** The spectrogram of a run's first recording, small. */
async function thumbnail(tale: Tale, folder: string): Promise<string | undefined> {
  const [first] = tale.recordings;
  if (first === undefined) return undefined;
  const picture = `pictures/${tale.slug}.png`;
  const samples = monoOf(readWav(first.file));
  await writeWhole(join(folder, picture), melPicture(samples, first.sampleRate, THUMBNAIL));
  return picture;
}
