import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import axe from 'axe-core';
import type { AxeResults } from 'axe-core';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { demiurge } from '../cli/launched.js';
import { HAS_CHROMIUM, openBrowser, watch } from './browser.js';

const folder = mkdtempSync(join(tmpdir(), 'demiurge-site-'));
const run = join(folder, 'run');
const index = join(run, 'site', 'index.html');
const take = join(run, 'site', 'abcd1234-take-1.html');

beforeAll(async () => {
  const play = ['run', 'scenarios/02-ouroboros.yaml', '--duration', '8s', '--run', 'abcd1234'];
  const played = await demiurge([...play, '--out', run, '--no-dashboard']);
  expect(played.code, played.err).toBe(0);
  const written = await demiurge(['site', run]);
  expect(written.code, written.err).toBe(0);
  expect(written.out).toContain(index);
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** Waits until a sound has got somewhere. */
async function heard(page: Page, which: string): Promise<void> {
  const seconds = `document.querySelector('${which}').currentTime`;
  await expect.poll(() => page.evaluate<number>(seconds), PATIENT).toBeGreaterThan(0.1);
}

const PATIENT = { timeout: 20_000 };

async function violations(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source);
  const { violations: found } = await page.evaluate<AxeResults>('axe.run({ preload: false })');
  return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join('\n')}`);
}

describe('demiurge site', () => {
  it('draws a scenario that it finds, and tells what it cannot do in a line', async () => {
    expect(readFileSync(take, 'utf8')).toContain('class="topology"');
    const none = await demiurge(['site', join(folder, 'nothing')]);
    expect([none.code, none.err.trim().split('\n').length]).toEqual([2, 2]);
    const bad = await demiurge(['site', run, '--space', 'much']);
    expect(bad.code).toBe(2);
  });

  it('writes a run and its fork into one garden, with the past that they share', async () => {
    const [fork, out] = [join(folder, 'fork'), join(folder, 'garden')];
    const forked = await demiurge(['fork', run, '--at', '4s', '--seed', '9', '--out', fork]);
    expect(forked.code, forked.err).toBe(0);
    const ended = await demiurge(['site', run, fork, '--out', out, '--title', 'Two']);
    expect(ended.code, ended.err).toBe(0);
    const index = readFileSync(join(out, 'index.html'), 'utf8');
    expect(index).toContain('<h1>Two</h1>');
    expect(index).toContain('fork at 0:04');
    const [page = ''] = readdirSync(out).filter((name) => /^(?!abcd|index).*html$/.test(name));
    expect(readFileSync(join(out, page), 'utf8')).toContain('This run left abcd1234 at 0:04.0');
    const [data = ''] = readdirSync(join(out, 'data')).filter(
      (name) => !/^(abcd|index)/.test(name),
    );
    expect(readFileSync(join(out, 'data', data), 'utf8')).toMatch(/"past\.1",[^[]*\[\],"sounds/);
  });
});

describe.skipIf(!HAS_CHROMIUM)('a site in Chromium (skipped where there is none)', () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser();
  });
  afterAll(() => browser.close());

  async function on(
    file: string,
    look: (page: Page) => Promise<void>,
    options: BrowserContextOptions = {},
  ): Promise<void> {
    const { page, complaints } = await watch(browser, file, options);
    await look(page);
    expect(complaints).toEqual([]);
    await page.close();
  }

  it('plays the recording, moves the playhead with it and says what sounds', () =>
    on(take, async (page) => {
      expect(await page.$eval('audio', (audio) => audio.duration)).toBeCloseTo(8, 1);
      await page.$eval('audio', (audio) => audio.play());
      await heard(page, 'audio.recording');
      await page.waitForSelector('.playhead:not([hidden])');
      await page.locator('#tell', { hasText: 'Sounding now' }).waitFor();
    }));

  it('seeks where the spectrogram is clicked', () =>
    on(take, async (page) => {
      await page.locator('.picture .seek').click();
      const at = await page.$eval('audio', (audio) => audio.currentTime);
      expect(at).toBeGreaterThan(3.8);
      expect(at).toBeLessThan(4.2);
    }));

  it('shows the ancestry of a bar that is clicked, and plays it', () =>
    on(take, async (page) => {
      await page.locator('.lane a[href="#tail.3"]').click();
      expect(await page.locator('.node[aria-current]').textContent()).toContain('tail.3');
      expect(await page.locator('.family .node').count()).toBeGreaterThan(3);
      await heard(page, '#voice');
      await page.locator('.node', { hasText: 'past.1' }).click();
      expect(await page.locator('#family p').textContent()).toContain('It has no ancestors');
      expect(page.url()).toContain('#tail.3');
    }));

  it('is played with keys alone', () =>
    on(take, async (page) => {
      await page.locator('.lane a[tabindex="0"]').focus();
      for (const key of ['ArrowDown', 'ArrowRight', 'Enter']) await page.keyboard.press(key);
      expect(await page.locator('.lane a.chosen').count()).toBe(1);
      expect(await page.locator('.node[aria-current]').textContent()).toContain('mouth.2');
    }));

  it('finds runs, sentences and envelopes, and leads to them', () =>
    on(index, async (page) => {
      await page.fill('#search', 'nothing of the kind');
      expect(await page.locator('.card:visible').count()).toBe(0);
      await page.fill('#search', 'TAIL.3');
      expect(await page.locator('.card:visible').count()).toBe(1);
      await page.locator('#hits a').first().click();
      await page.waitForURL('**/abcd1234-take-1.html#tail.3');
      expect(await page.locator('.node[aria-current]').textContent()).toContain('tail.3');
    }));

  it('can be read without scripts', () =>
    on(
      take,
      async (page) => {
        await page.locator('summary', { hasText: 'records' }).click();
        expect(await page.locator('tr[id="tail.3"]').textContent()).toContain('mouth.3');
        expect(await page.locator('.story li').count()).toBeGreaterThan(4);
      },
      { javaScriptEnabled: false },
    ));

  const LOOKS: readonly BrowserContextOptions[] = [
    { colorScheme: 'light' },
    { colorScheme: 'dark', reducedMotion: 'reduce' },
    { colorScheme: 'light', viewport: { width: 360, height: 740 } },
  ];
  for (const look of LOOKS) {
    for (const file of [index, take]) {
      it(`has nothing that axe objects to: ${JSON.stringify(look)}, ${file.slice(-11)}`, () =>
        on(
          file,
          async (page) => {
            for (const summary of await page.locator('summary').all()) await summary.click();
            expect(await violations(page)).toEqual([]);
            const wide = await page.evaluate<number>(
              'document.documentElement.scrollWidth - innerWidth',
            );
            expect(wide).toBeLessThanOrEqual(0);
          },
          look,
        ));
    }
  }
});
