import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demiurge, start } from './cli/launched.js';
import { ROOT } from './house/source.js';

const README = readFileSync(join(ROOT, 'README.md'), 'utf8');

/** The contents of every fenced block of a language. */
function blocks(language: string): readonly string[] {
  return [...README.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(
    (match) => match[1] as string,
  );
}

const commands = blocks('sh').flatMap((block) => block.trim().split('\n'));

/** The tests do not run themselves. */
const OURSELVES = 'npm test';

/**
 * What a copy does without: others' packages are linked, and what tests and runs leave is not ours.
 */
const LEFT_OUT = new Set(['.git', '.cache', 'coverage', 'node_modules', 'out', 'test']);

const copy = mkdtempSync(join(tmpdir(), 'demiurge-readme-'));

/** A copy of the checkout, so that what the README makes is not left lying here. */
function makeCopy(): void {
  for (const name of readdirSync(ROOT).filter((one) => !LEFT_OUT.has(one))) {
    cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  }
  symlinkSync(join(ROOT, 'node_modules'), join(copy, 'node_modules'));
  writeFileSync(join(copy, 'scenarios', 'first.yaml'), blocks('yaml')[0] ?? '');
}

describe('the README', () => {
  beforeAll(makeCopy);
  afterAll(() => rmSync(copy, { recursive: true, force: true }));

  it('begins with the two commands', () => {
    expect(commands.slice(0, 2)).toEqual(['npm start', OURSELVES]);
  });

  it.each(commands.filter((command) => command !== OURSELVES))(
    'keeps its word: %s',
    async (line) => {
      const place = { cwd: copy, env: { DEMIURGE_PREPARED: '1' } };
      const { code, out, err } = await start('bash', ['-c', line], place).ended;
      expect(code, `${out}${err}`).toBe(0);
      expect(out).not.toBe('');
    },
  );

  it('shows the main scenario as it is drawn today', async () => {
    const drawn = join(copy, 'drawn.svg');
    const args = ['draw', join(copy, 'scenarios', 'babel.yaml'), '--out', drawn];
    await demiurge(args);
    const shown = readFileSync(join(ROOT, 'docs', 'babel.svg'), 'utf8');
    expect(shown, `Try: npx demiurge draw --out docs/babel.svg`).toBe(readFileSync(drawn, 'utf8'));
  });

  it('links only to what is there', () => {
    const links = [...README.matchAll(/\]\(([^)#]+)\)/g)].map((match) => match[1] as string);
    expect(links.length).toBeGreaterThan(2);
    for (const link of links) expect(existsSync(join(ROOT, link)), link).toBe(true);
  });
});
