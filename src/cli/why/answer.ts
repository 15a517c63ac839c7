import type { Kinship, RunIndex } from '../../archive/index.js';
import { findRun, kinSvg, kinTree, openIndex, openRun, provJson } from '../../archive/index.js';
import { writeWhole } from '../../core/index.js';
import { complain, say, sayJson } from '../output.js';
import { inkFor } from './ink.js';
import { kinText } from './kin-text.js';
import type { Asked } from './moment.js';
import { writeSounds } from './sound-files.js';

/** How kin are told. */
export interface KinFlags {
  readonly depth?: number;
  readonly all?: true;
  readonly json?: true;
  readonly svg?: string;
  readonly play?: string;
}

/** So many envelopes fit a screen or two. */
const NEAREST = 48;

/** Opens the index of the run that is meant, and says where it could not be kept. */
export async function indexOf(written: string): Promise<RunIndex> {
  const index = await openIndex(openRun(findRun(written)));
  if (index.unkept !== undefined) complain(`the index is not kept: ${index.unkept}`);
  return index;
}

/** Tells kin in every form that is asked for; as a tree unless it is as JSON. */
export async function tellKin(
  index: RunIndex,
  asked: Asked,
  kinship: Kinship,
  flags: KinFlags,
): Promise<void> {
  const { depth, all, json, svg, play } = flags;
  if (svg !== undefined) {
    const title = `${index.run.record.title}: ${kinship.side} of ${asked.says}`;
    await writeWhole(
      svg,
      kinSvg(index, kinship, { title, ...(all ? { envelopes: Infinity } : {}) }),
    );
  }
  const written = play === undefined ? undefined : await writeSounds(index, kinship, play);
  if (json === true) sayJson(provJson(index, kinship));
  else {
    const bounded = all === true || depth !== undefined ? {} : { envelopes: NEAREST };
    const bounds = { ...bounded, ...(depth === undefined ? {} : { depth }) };
    const roots = kinTree(index, kinship, bounds);
    say(kinText(index, asked, kinship, { roots, ink: inkFor(process.stdout) }));
  }
  if (svg !== undefined) complain(`drawn: ${svg}`);
  if (written === undefined) return;
  const gone = written.gone > 0 ? `; the archive no longer holds ${written.gone}` : '';
  complain(`${written.files} files and index.txt in ${play}${gone}`);
}
