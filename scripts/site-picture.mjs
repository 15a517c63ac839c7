// node scripts/site-picture.mjs: docs/site.png, the site of a minute of the main scenario.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { at } from './paths.mjs';
import { runNode } from './spawned.mjs';

const RUN = 'babel001';
const CHOSEN = 'violin.5';
const SEEN = { width: 1280, height: 1580 };

const folder = mkdtempSync(join(tmpdir(), 'demiurge-picture-'));
try {
  const run = join(folder, RUN);
  await demiurge('run', '--no-dashboard', '--duration', '60s', '--run', RUN, '--out', run);
  await demiurge('site', run);
  await picture(join(run, 'site', `${RUN}-take-1.html`), at('docs', 'site.png'));
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function demiurge(...args) {
  const { code, said } = await runNode(at('bin', 'demiurge.mjs'), args);
  if (code !== 0) throw new Error(said);
}

/** What someone sees who has listened for a while and chosen what sounds. */
async function picture(file, out) {
  const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', '--mute-audio'] });
  const page = await browser.newPage({ viewport: SEEN, colorScheme: 'dark' });
  await page.goto(`file://${file}`);
  await page.locator('.node').first().waitFor();
  // A third of the size: the file of the picture holds the colours that the spectrogram has.
  await page.addStyleTag({ content: '.picture img { image-rendering: pixelated }' });
  await page.locator(`.lane a[href="#${CHOSEN}"]`).click();
  await page.locator('.picture .seek').click({ position: { x: 580, y: 100 } });
  await page.waitForTimeout(300);
  await page.screenshot({ path: out });
  await browser.close();
}
