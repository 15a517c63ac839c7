import { join } from 'node:path';
import { encodeWav } from '../audio/index.js';
import { writeWhole } from '../core/index.js';
import type { Atlas } from './atlas.js';
import { atlasJson } from './atlas-json.js';
import { pageHtml } from './draw/page.js';
import { posterSvg } from './draw/poster.js';
import { soundsOf } from './sound-files.js';

/**
 * Writes an atlas into a folder: `sounds/*.wav`, `atlas.json`, `atlas.svg` and, last, `atlas.html`,
 * which leads to them. A UserError where a file cannot be written.
 */
export async function writeAtlas(atlas: Atlas, folder: string): Promise<readonly string[]> {
  const files: readonly (readonly [string, string | Uint8Array])[] = [
    ...[...soundsOf(atlas)].map(([file, audio]) => [file, encodeWav(audio)] as const),
    ['atlas.json', `${JSON.stringify(atlasJson(atlas), undefined, 2)}\n`],
    ['atlas.svg', posterSvg(atlas)],
    ['atlas.html', pageHtml(atlas)],
  ];
  for (const [name, content] of files) await writeWhole(join(folder, name), content);
  return files.map(([name]) => join(folder, name));
}
