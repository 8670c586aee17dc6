import { type Browser, type BrowserContextOptions, chromium, type Locator, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, onTestFinished } from 'vitest';
import { CHROMIUM, hasChromium } from '../../support/browser-path.ts';
import { PATIENCE_MS } from '../../support/patience.ts';

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
 * Like `describe`, for tests of pages. Where there is no Chromium they are left out, and the end of the run says so; where
 * `CI` is set they run all the same, and so fail.
 */
export function describeInBrowser(name: string, tests: () => void): void {
  describe.skipIf(!hasChromium() && !process.env.CI)(name, tests);
}

/** One Chromium for all tests of a `describe`, closed after them. @returns what gives it, inside a test. */
export function useBrowser(): () => Browser {
  let browser: Browser | undefined;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: ARGUMENTS });
  });
  afterAll(() => browser?.close());
  return () => {
    if (!browser) throw new Error('expected a browser, found none: it is there inside tests only');
    return browser;
  };
}

/** Waits for the element to be there and to say this. */
export const says = (locator: Locator, text: string | RegExp) => expect.poll(() => locator.textContent()).toMatch(text);

/** The cards of the channel's messages, without the welcome. */
export const cards = (page: Page) => page.locator('.message[data-id] .card');

/**
 * Opens an address in a browser profile of its own, closed at the test's end. The test fails when the page throws or
 * breaks its own content security policy.
 */
export async function openPage(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: 'en-GB', ...options });
  const page = await context.newPage();
  page.setDefaultTimeout(PATIENCE_MS);
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
