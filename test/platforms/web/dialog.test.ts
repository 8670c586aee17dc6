import { expect, test } from 'vitest';
import { cards, describeInBrowser, openPage, says, useBrowser } from './browser.ts';
import { answerOf, cardOf, formOf, startPlayground } from './playground.ts';

const button = (action: string, label: string) => ({ action, target: 'g1', label, style: 'plain' }) as const;

describeInBrowser('what messages and their buttons do on the page', () => {
  const browser = useBrowser();

  /** A page with a message of Ada’s. */
  const prepare = async (options = {}) => {
    const playground = await startPlayground();
    playground.answers.command = async () =>
      answerOf({ prompt: 'a dragon', buttons: [button('edit', 'Edit prompt'), button('cancel', 'Delete')] });
    playground.answers.press = async () => ({ kind: 'form', form: formOf('a dragon') });
    const { id } = await playground.say('video', { prompt: 'a dragon' });
    const page = await openPage(browser(), playground.url, options);
    await says(cards(page), /A card/);
    return { playground, page, id };
  };

  test('a form is filled in by keyboard, says what is wrong, stays when it is refused, and opens a reply', async () => {
    const { playground, page } = await prepare();
    const edit = page.getByRole('button', { name: 'Edit prompt' });
    await edit.focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Make a video' });
    const prompt = dialog.getByLabel('What it shall show');
    expect(await prompt.inputValue()).toBe('a dragon');
    expect(await prompt.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('Escape');
    expect(await dialog.count()).toBe(0);
    expect(await edit.evaluate((element) => element === document.activeElement)).toBe(true);

    await page.keyboard.press('Enter');
    await prompt.fill('  ');
    await page.keyboard.press('Control+Enter');
    await says(dialog, /This is needed\./);
    expect(await prompt.getAttribute('aria-invalid')).toBe('true');
    await prompt.fill('🐉'.repeat(31));
    expect(await dialog.locator('.count').first().textContent()).toBe('');
    await prompt.fill('🐉'.repeat(41));
    await says(dialog.locator('.count').first(), '41 of 40');
    await page.keyboard.press('Control+Enter');
    await says(dialog, /The most is 40 characters\./);

    await prompt.fill('a snail');
    await dialog.getByLabel('Which model').selectOption('pro');
    await page.route('**/api/forms', (route) => route.abort(), { times: 1 });
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await says(dialog.getByRole('alert'), 'The server can’t be reached. Is it running?');
    expect(await prompt.inputValue()).toBe('a snail');
    await dialog.getByRole('button', { name: 'Make it' }).click();
    await says(cards(page).last(), 'Sent');
    expect(await dialog.count()).toBe(0);
    expect(playground.submissions).toMatchObject([
      { form: 'video', target: 'g1', values: { prompt: 'a snail', model: 'pro' }, locale: 'en-GB' },
    ]);
  });

  test('something can be made from a message, which only those who come near to it are offered', async () => {
    const { playground, page } = await prepare();
    const offer = page
      .locator('.message[data-id] .row')
      .first()
      .getByRole('button', { name: 'Make a video from this' });
    const opacity = () =>
      page
        .locator('.message[data-id] .row')
        .first()
        .locator('.actions')
        .evaluate((e) => getComputedStyle(e).opacity);
    expect(await opacity()).toBe('0');
    await offer.focus();
    await expect.poll(opacity).toBe('1');
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect.poll(() => dialog.getByLabel('What it shall show').inputValue()).toBe('a dragon');
    await page.keyboard.press('Control+Enter');
    await expect.poll(() => playground.submissions.map(({ values }) => values)).toEqual([{ prompt: 'a dragon' }]);
    // What has no prompt offers nothing.
    await playground.say('quota');
    expect(await page.locator('.message').last().locator('.actions').first().isVisible()).toBe(false);
  });

  test('a message that is removed goes, and the focus that was in it stays near', async () => {
    const { playground, page, id } = await prepare();
    const next = await playground.say('video', { prompt: 'y' });
    await page.locator(`[data-id="${next.id}"]`).waitFor();
    await page.locator(`[data-id="${id}"]`).getByRole('button', { name: 'Delete' }).focus();
    await playground.web.remove({ platform: 'web', messageId: id });
    await expect.poll(() => page.locator('.message[data-id]').count()).toBe(1);
    expect(await page.locator(':focus').getAttribute('data-id')).toBe(next.id);
  });

  test('a message that has passed its time goes by itself', async () => {
    const playground = await startPlayground();
    await playground.say('video', { prompt: 'old' });
    const page = await openPage(browser(), 'about:blank');
    await page.clock.install();
    await page.goto(playground.url);
    await says(page.locator('#messages'), /old/);
    await playground.store.webMessages.deleteBefore(Date.now() + 1);
    await page.clock.runFor(10 * 60_000 + 1000);
    await expect.poll(() => page.locator('.message[data-id]').count()).toBe(0);
  });

  test('a list is shown with its lines, and the passing of tenths changes nothing', async () => {
    const { playground, page, id } = await prepare();
    const ref = { platform: 'web', messageId: id };
    const card = {
      ...cardOf({}),
      items: [
        { title: '1. lite', text: 'a <b>fox</b>' },
        { title: 'Models', text: 'lite\npro' },
      ],
    };
    const progress = { startedAt: Date.now(), expected: { low: 1000, median: 2000, high: 3000 } };
    await playground.web.update(ref, { ...card, progress: { ...progress, tenths: 1 } });
    await expect
      .poll(() => page.locator('.card-items li').allTextContents())
      .toEqual(['1. litea <b>fox</b>', 'Modelslite\npro']);
    const bar = await page.getByRole('progressbar').elementHandle();
    await playground.web.update(ref, { ...card, title: 'Later', progress: { ...progress, tenths: 2 } });
    await says(cards(page), /Later/);
    expect(await bar?.evaluate((element) => element.isConnected)).toBe(true);
  });

  test('a page at its end stays there while the newest card grows, and elsewhere stays where it is', async () => {
    const { page } = await prepare({ viewport: { width: 900, height: 400 } });
    const scroller = page.locator('#scroller');
    const toEnd = () => scroller.evaluate((e) => Math.round(e.scrollHeight - e.scrollTop - e.clientHeight));
    // Grows once, and once more before the browser tells of the scrolling that the first growth led to.
    const grow = (by: number) =>
      page.locator('.card').evaluate((card, px) => {
        const pad = (size: number) => {
          card.style.paddingBottom = `${Number.parseInt(getComputedStyle(card).paddingBottom, 10) + size}px`;
        };
        pad(px);
        return new Promise((done) => requestAnimationFrame(() => setTimeout(() => done(pad(px)))));
      }, by);
    await grow(400);
    await expect.poll(toEnd).toBe(0);
    await scroller.evaluate((e) => e.scrollTo(0, 100));
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    await grow(200);
    await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
    expect(await scroller.evaluate((e) => e.scrollTop)).toBe(100);
  });
});
