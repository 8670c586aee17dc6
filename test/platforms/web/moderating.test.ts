import { readFile } from 'node:fs/promises';
import { expect, test } from 'vitest';
import { compose, join, mention } from '../../../src/domain/text.ts';
import { pixelsOf } from '../../support/pixels.ts';
import { DRAWING } from '../contract-script.ts';
import { cards, describeInBrowser, openPage, says, useBrowser } from './browser.ts';
import { MODERATING, PICTURE, TABLE } from './moderating.ts';
import { answerOf, cardOf, startPlayground } from './playground.ts';

describeInBrowser('the page of a moderator', () => {
  const browser = useBrowser();

  const prepare = async (options = {}) => {
    const playground = await startPlayground({ commands: MODERATING });
    const page = await openPage(browser(), playground.url, options);
    await page.locator('.welcome').waitFor();
    await page.getByRole('radio', { name: /Mo/ }).check({ force: true });
    await page.locator('.channels a').nth(1).waitFor();
    return { playground, page, line: page.locator('#line'), options: page.getByRole('option') };
  };

  test('gathers the many commands, and finds them by their words', async () => {
    const { page, line, options } = await prepare();
    await line.fill('/');
    expect(await page.locator('.popup-group').allTextContents()).toEqual(['Everyone', '/moderate', '/moderate quota']);
    expect(await options.count()).toBe(8);
    await line.fill('/moderate q');
    const labels = page.locator('.popup-label');
    expect(await labels.allTextContents()).toEqual(['/moderate quota set', '/moderate quota list']);
    expect(await page.locator('.popup-group').count()).toBe(0);
    await line.fill('/quota');
    expect(await labels.allTextContents()).toEqual(['/quota', '/moderate quota set', '/moderate quota list']);
    await page.keyboard.press('PageDown');
    expect(await page.getByRole('option', { selected: true }).textContent()).toMatch(/^\/moderate quota list/);
    await page.keyboard.press('Enter');
    expect(await page.locator('.pill').textContent()).toBe('/moderate quota list');
  });

  test('completes names in a typed line, and sends ids', async () => {
    const { playground, page, line, options } = await prepare();
    await line.fill('');
    await page.keyboard.type('/moderate quota set member:');
    await says(page.locator('#hint'), 'You can add role: channel: credits: per:');
    expect(await options.allTextContents()).toEqual(['Ada', 'Ben', 'Mo']);
    await page.keyboard.type('@b');
    expect(await options.allTextContents()).toEqual(['Ben']);
    await page.keyboard.press('Tab');
    expect(await line.inputValue()).toBe('/moderate quota set member:Ben ');
    await page.keyboard.type('channel:#general credits:5 per:da');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await expect
      .poll(() => playground.invocations.map(({ options: given }) => given))
      .toEqual([{ member: 'web:ben', channel: 'general', credits: 5, per: 'day' }]);
    await says(page.locator('.said').last(), '/moderate quota set member:Ben channel:general credits:5 per:day');
  });

  test('offers the community’s own choices where a line is typed', async () => {
    const { playground, page, line, options } = await prepare();
    playground.answers.complete = async () => [{ name: 'ten seconds, 4 credits', value: 10 }];
    await line.fill('');
    await page.keyboard.type('/video a fox duration:');
    await expect.poll(() => options.allTextContents()).toEqual(['ten seconds, 4 credits']);
    await page.keyboard.press('Enter');
    expect(await line.inputValue()).toBe('/video a fox duration:10 ');
  });

  test('lets people, roles and channels be picked by name', async () => {
    const { playground, page, line, options } = await prepare();
    await line.fill('/moderate moderators add');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'who' }).click();
    expect(await options.allTextContents()).toEqual(['Ada', 'Ben', 'Mo', 'crew', 'guests']);
    await page.keyboard.press('g');
    await page.keyboard.press('Enter');
    await says(page.getByRole('combobox', { name: 'who' }), 'guests');
    await page.keyboard.press('Enter');
    await expect.poll(() => playground.invocations[0]?.options).toEqual({ who: 'guests' });
  });

  test('says whom there is when a name is not known, before it is sent', async () => {
    const { playground, page, line } = await prepare();
    await line.fill('/moderate block member:eve');
    await page.keyboard.press('Enter');
    await says(page.locator('#hint'), 'member must be Ada, Ben, or Mo.');
    expect(playground.invocations).toEqual([]);
  });

  test('shows those who are mentioned by name, where they stand, and ids that nobody knows', async () => {
    const { playground, page } = await prepare();
    const [ada, crew] = [mention('member', 'web:ada'), mention('role', 'crew')];
    const [general, gone] = [mention('channel', 'general'), mention('member', 'web:gone')];
    const text = compose`${ada} of ${crew} in ${general}, ${gone}.`;
    playground.answers.command = async () => answerOf({ title: 'Who', text, notes: [text] });
    await playground.say('video', { prompt: 'x' });
    await says(cards(page).last(), /Who@Ada of @crew in #general, web:gone\.@Ada of @crew/);
    expect(await page.locator('.card-text .mention').allTextContents()).toEqual(['@Ada', '@crew', '#general']);
    await says(page.locator('#live'), 'Dailies, to Ada: Who. @Ada of @crew in #general, web:gone.');
  });

  test('shows a picture, and has a table to be saved under its name', async () => {
    const { playground, page } = await prepare();
    await playground.web.post('web:local', 'general', cardOf({ title: 'Usage', files: [PICTURE, TABLE] }));
    const picture = page.getByRole('img', { name: PICTURE.alt });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(1);
    const waiting = page.waitForEvent('download');
    await page.getByRole('link', { name: TABLE.name }).click();
    const download = await waiting;
    expect(download.suggestedFilename()).toBe('usage.csv');
    expect(await readFile(await download.path(), 'utf8')).toBe('day,videos\n1,2\n');
  });

  test.each([
    ['light', [255, 255, 255]],
    ['dark', [0, 0, 0]],
  ] as const)('shows an SVG in the reader’s colours: %s', async (colorScheme, expected) => {
    const { playground, page } = await prepare({ colorScheme });
    const svg =
      '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="25"><style>rect { fill: #ffffff } ' +
      '@media (prefers-color-scheme: dark) { rect { fill: #000000 } }</style><rect width="50" height="25"/></svg>';
    const base64 = Buffer.from(svg).toString('base64');
    await playground.web.post('web:local', 'general', cardOf({ title: 'Usage', files: [{ ...DRAWING, base64 }] }));
    const picture = page.getByRole('img', { name: DRAWING.alt });
    await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(50);
    const middle = async () => {
      const { width, height, at } = pixelsOf(await picture.screenshot());
      return at(Math.floor(width / 2), Math.floor(height / 2)).slice(0, 3);
    };
    await expect.poll(middle).toEqual(expected);
    const [opened] = await Promise.all([page.waitForEvent('popup'), picture.click()]);
    // A new tab is there before what it shows.
    const corner = async () =>
      pixelsOf(await opened.screenshot())
        .at(10, 10)
        .slice(0, 3);
    await expect.poll(corner).toEqual(expected);
  });

  test('has a channel that says when something new is in it, and that the others do not have', async () => {
    const { playground, page } = await prepare();
    const links = page.locator('.channels a');
    const unread = page.locator('.unread').locator('visible=true');
    expect(await unread.count()).toBe(0);
    await playground.web.post('web:local', 'moderators-log', cardOf({ title: 'Reported' }));
    await expect.poll(() => unread.count()).toBe(1);
    expect(await cards(page).count()).toBe(0);
    await page.reload();
    await expect.poll(() => unread.count()).toBe(1);

    await links.nth(1).click();
    await says(cards(page), 'Reported');
    await says(page.locator('h1'), '#moderators-log');
    expect(await page.locator('#line').getAttribute('placeholder')).toBe('Message #moderators-log');
    expect([await page.title(), await unread.count()]).toEqual(['#moderators-log · Dailies', 0]);
    expect(await page.locator('.message[data-id] .row').count()).toBe(1);
    await playground.say('video', { prompt: 'x' }, 'web:ben');
    await expect.poll(() => unread.count()).toBe(1);
    expect(await cards(page).count()).toBe(1);

    await page.reload();
    await says(cards(page), 'Reported');
    await page.getByRole('radio', { name: /Ada/ }).check({ force: true });
    await says(page.locator('h1'), '#general');
    await expect.poll(() => links.count()).toBe(1);
    expect(await page.locator('#messages').textContent()).not.toContain('Reported');
    expect(new URL(page.url()).hash).toBe('');
  });

  test('says commands in the channel that is open', async () => {
    const { playground, page } = await prepare();
    await page.locator('.channels a').nth(1).click();
    await page.getByRole('button', { name: '/moderate log channel:moderators-log' }).click();
    await page.keyboard.press('Enter');
    await expect
      .poll(() => playground.invocations)
      .toMatchObject([{ command: 'moderate log', channel: 'moderators-log', options: { channel: 'moderators-log' } }]);
    await says(cards(page), 'Heard');
    await page.goBack();
    await says(page.locator('h1'), '#general');
    expect(await cards(page).count()).toBe(0);
  });

  test('at 390 px nothing has to be scrolled sideways', async () => {
    const { playground, page, line } = await prepare({ viewport: { width: 390, height: 780 } });
    const text = join(
      Array(12).fill(compose`${mention('member', 'web:ada')} ${mention('channel', 'moderators-log')} `),
    );
    const files = [PICTURE, { ...TABLE, name: `${'long-'.repeat(20)}.csv` }];
    await playground.web.post('web:local', 'general', cardOf({ title: 'Usage', text, files }));
    await says(cards(page), /Usage/);
    await line.fill('/');
    const sideways = await page.evaluate(
      () =>
        [
          document.documentElement,
          ...document.querySelectorAll('#scroller, .composer, .card, .popup, .sidebar'),
        ].filter((element) => element.scrollWidth > element.clientWidth).length,
    );
    expect(sideways).toBe(0);
    expect(await page.locator('.channels a').last().isVisible()).toBe(true);
  });
});
