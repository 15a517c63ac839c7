import { existsSync } from 'node:fs';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { chromium } from 'playwright-core';

const CHROMIUM = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Whether there is a Chromium: the one that $CHROMIUM names, or Debian's. */
export const HAS_CHROMIUM: boolean = existsSync(CHROMIUM);

/** Starts a Chromium without a window that may play sound unasked. */
export function openBrowser(): Promise<Browser> {
  const args = ['--no-sandbox', '--autoplay-policy=no-user-gesture-required', '--mute-audio'];
  return chromium.launch({ executablePath: CHROMIUM, args });
}

/** A page, and all it complained of or asked for elsewhere. */
export interface Watched {
  readonly page: Page;
  readonly complaints: readonly string[];
}

/** Opens a file and notes every error and every request that leaves the disk. */
export async function watch(
  browser: Browser,
  file: string,
  options: BrowserContextOptions = {},
): Promise<Watched> {
  const page = await browser.newPage(options);
  const complaints: string[] = [];
  page.on('console', (line) => {
    if (['error', 'warning'].includes(line.type())) complaints.push(line.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('request', (request) => {
    if (!/^(file|data):/.test(request.url())) complaints.push(`asked for ${request.url()}`);
  });
  page.on('requestfailed', (request) => {
    // A player stops loading when it has enough.
    if (request.resourceType() !== 'media') complaints.push(`missed ${request.url()}`);
  });
  await page.goto(`file://${file}`);
  return { page, complaints };
}
