import { existsSync } from 'node:fs';
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core';
import { describe, expect, onTestFinished } from 'vitest';

/** Where Debian puts it; elsewhere `CHROMIUM_PATH` says where it is. */
const CHROMIUM = process.env.CHROMIUM_PATH || '/usr/bin/chromium';

const ARGUMENTS = [
  '--no-sandbox',
  '--headless',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Like `describe`, for tests of pages. Where there is no Chromium they are left out and a line says so; in CI (`CI=true`)
 * they run all the same, and so fail.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  const missing = !existsSync(CHROMIUM) && process.env.CI !== 'true';
  if (missing) console.warn(`Left out: ${name}. There is no Chromium at ${CHROMIUM}; CHROMIUM_PATH can name another.`);
  describe.skipIf(missing)(name, tests);
}

/** Starts Chromium; to be closed by the caller. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
}

/**
 * Opens an address in a browser profile of its own, closed at the test's end. The test fails when the page throws or
 * breaks its own content security policy.
 */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(5000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy/.test(message.text())) problems.push(message.text());
  });
  onTestFinished(async () => {
    await context.close();
    expect(problems).toEqual([]);
  });
  await page.goto(url);
  return page;
}
