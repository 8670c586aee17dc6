import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { en } from '../../support/texts.ts';
import { cards, describeInBrowser, openPage, says, useBrowser } from './browser.ts';
import { answerOf, startPlayground } from './playground.ts';

const focused = (page: Page) => page.locator(':focus');

describeInBrowser('the playground’s composer', () => {
  const browser = useBrowser();

  const prepare = async (options = {}) => {
    const playground = await startPlayground();
    const page = await openPage(browser(), playground.url, options);
    await page.locator('.welcome').waitFor();
    return { playground, page };
  };

  test('a newcomer starts from an example', async () => {
    const { playground, page } = await prepare();
    const example = page.getByRole('group', { name: 'Examples' }).getByRole('button').first();
    const prompt = await example.textContent();
    await example.click();
    await page.keyboard.press('Enter');
    await says(cards(page), 'Heard');
    expect(playground.invocations).toMatchObject([{ command: 'video', options: { prompt }, member: 'web:ada' }]);
  });

  test('a command is put together by keyboard alone: list, options, picker, sending', async () => {
    const { playground, page } = await prepare();
    const line = page.getByRole('combobox', { name: 'Message' });
    await expect.poll(() => line.evaluate((element) => element === document.activeElement)).toBe(true);
    await page.keyboard.type('/');
    const list = page.getByRole('listbox', { name: 'Commands' });
    expect(await list.getByRole('option').allTextContents()).toEqual([
      `/video${en.commands.video}`,
      '/quotaWhat is left',
    ]);
    await page.keyboard.press('ArrowDown');
    expect(await line.getAttribute('aria-activedescendant')).toBe('popup-1');
    await page.keyboard.press('Escape');
    expect(await list.isVisible()).toBe(false);
    await page.keyboard.type('vi');
    expect(await list.getByRole('option', { selected: true }).textContent()).toMatch(/^\/video/);
    await page.keyboard.press('Tab');

    expect(await focused(page).getAttribute('id')).toBe('option-prompt');
    await page.keyboard.type('a dragon');
    await page.getByRole('button', { name: '+ model' }).focus();
    await page.keyboard.press('Enter');
    const models = page.getByRole('listbox', { name: 'model' });
    expect(await models.getByRole('option').allTextContents()).toEqual([
      'liteSeedance 1.0 Lite · 1 credit for 5 s',
      'proSeedance 1.0 Pro · 3 credits for 5 s',
    ]);
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await says(page.getByRole('combobox', { name: 'model' }), 'pro');

    await page.getByRole('button', { name: '+ watermark' }).focus();
    await page.keyboard.press('Space');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Backspace');
    expect(await page.getByRole('combobox', { name: 'watermark' }).count()).toBe(0);
    await page.keyboard.press('Enter');

    await says(cards(page), 'Heard');
    expect(playground.invocations).toMatchObject([{ command: 'video', options: { prompt: 'a dragon', model: 'pro' } }]);
    await expect.poll(() => focused(page).getAttribute('id')).toBe('line');
    expect(await line.inputValue()).toBe('');
  });

  test('a whole line works as well, and so does just saying what one wants to see', async () => {
    const { playground, page } = await prepare();
    await page.keyboard.type('/video prompt:a dragon over the peaks model:pro duration:10');
    await page.keyboard.press('Enter');
    await says(cards(page), 'Heard');
    expect(await page.locator('.said').textContent()).toBe(
      '/video prompt:a dragon over the peaks model:pro duration:10',
    );
    await page.keyboard.type('a fox in the snow');
    await page.keyboard.press('Enter');
    await says(page.locator('#hint'), /Press Enter once more/);
    await page.keyboard.press('Enter');
    await expect
      .poll(() => playground.invocations.map(({ options }) => options))
      .toEqual([{ prompt: 'a dragon over the peaks', model: 'pro', duration: 10 }, { prompt: 'a fox in the snow' }]);
  });

  test('what is missing or wrong is said where it is, before it is sent', async () => {
    const { playground, page } = await prepare();
    await page.keyboard.type('/video duration:long');
    await page.keyboard.press('Enter');
    expect(await focused(page).getAttribute('id')).toBe('option-prompt');
    expect(await focused(page).getAttribute('aria-invalid')).toBe('true');
    await says(page.locator('#hint'), /^prompt is needed: .*\.$/);
    await page.keyboard.type('x');
    await page.keyboard.press('Enter');
    await says(page.locator('#hint'), 'duration must be 5 or 10.');
    expect(await focused(page).getAttribute('id')).toBe('option-duration');
    await page.getByRole('button', { name: 'Remove duration' }).click();
    await page.getByRole('button', { name: '+ seed' }).click();
    await page.keyboard.type('12');
    await says(page.locator('#hint'), 'seed must be a whole number from 0 to 9.');
    expect(playground.invocations).toEqual([]);
    await page.keyboard.press('Enter');
    await page.keyboard.press('Backspace');
    await page.keyboard.press('Enter');
    await expect.poll(() => playground.invocations[0]?.options).toEqual({ prompt: 'x', seed: 1 });
  });

  test('a draft survives a reload', async () => {
    const { page } = await prepare();
    await page.keyboard.type('/video');
    await page.keyboard.press('Enter');
    await page.keyboard.type('a dragon with model:pro on it');
    await page.reload();
    await expect.poll(() => page.locator('#option-prompt').inputValue()).toBe('a dragon with model:pro on it');
  });

  test('what the server refuses is said in the status line, and what was typed stays', async () => {
    const { playground, page } = await prepare();
    await playground.web.stop();
    await page.keyboard.type('/video prompt:a dragon');
    await page.keyboard.press('Enter');
    await says(page.getByRole('status'), en.errors.stopping);
    expect(await page.locator('#line').inputValue()).toBe('/video prompt:a dragon');
  });

  test('what is said stays until the server has taken it, and what is typed meanwhile after that', async () => {
    const { playground, page } = await prepare();
    const taken = Promise.withResolvers<void>();
    await page.route('**/api/commands', async (route) => {
      await taken.promise;
      await route.continue();
    });
    await page.keyboard.type('/video prompt:a dragon');
    await page.keyboard.press('Enter');
    expect(await page.locator('#line').inputValue()).toBe('/video prompt:a dragon');
    // Pressed once more by mistake, it is not sent once more.
    await page.keyboard.press('Enter');
    await page.keyboard.type('/quo');
    taken.resolve();
    await expect.poll(() => page.locator('#line').inputValue()).toBe('/quo');
    expect(playground.invocations).toMatchObject([{ options: { prompt: 'a dragon' } }]);

    // What is entered meanwhile is sent as soon as it can be.
    const next = Promise.withResolvers<void>();
    await page.route('**/api/commands', async (route) => {
      await next.promise;
      await route.continue();
    });
    await page.locator('#line').fill('/video prompt:a snail');
    await page.keyboard.press('Enter');
    await page.keyboard.type('/quota');
    await page.keyboard.press('Enter');
    next.resolve();
    await expect.poll(() => playground.invocations.map(({ command }) => command)).toEqual(['video', 'video', 'quota']);
    await expect.poll(() => page.locator('#line').inputValue()).toBe('');
  });

  test('a picker offers what fits the chosen model', async () => {
    const { playground, page } = await prepare();
    playground.answers.complete = async ({ option, options }) =>
      option === 'duration' && options.model === 'pro' ? [{ name: '5 s', value: 5 }] : [];
    await page.keyboard.type('/video');
    await page.keyboard.press('Enter');
    const durations = page.getByRole('listbox', { name: 'duration' }).getByRole('option');
    await page.getByRole('button', { name: '+ duration' }).click();
    await expect.poll(() => durations.count()).toBe(2);
    await page.keyboard.press('Escape');

    await page.getByRole('button', { name: '+ model' }).click();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await page.getByRole('combobox', { name: 'duration' }).click();
    await expect.poll(() => durations.allTextContents()).toEqual(['5 s']);
    await page.keyboard.press('Enter');
    await says(page.getByRole('combobox', { name: 'duration' }), '5 s');
    expect(playground.completions.at(-1)).toMatchObject({ command: 'video', member: 'web:ada' });
  });

  test('a command of several words is for those who may use it, typed or chosen', async () => {
    const { playground, page } = await prepare();
    await page.keyboard.type('/mod');
    expect(await page.getByRole('option').count()).toBe(0);
    await page.locator('#line').fill('');
    await page.getByRole('radio', { name: /Mo/ }).check({ force: true });
    const line = page.locator('#line');
    await expect
      .poll(async () => {
        await line.fill('');
        await line.fill('/mod');
        return page.getByRole('option').allTextContents();
      })
      .toEqual(['/moderate usageWhat was spent']);
    await line.fill('/moderate usage');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await expect.poll(() => playground.invocations).toMatchObject([{ command: 'moderate usage', member: 'web:mo' }]);
    await says(page.locator('.said-command').last(), '/moderate usage');
  });

  test.each([
    [360, 740],
    [1400, 900],
  ])('at %i px nothing has to be scrolled sideways, and everything can be reached', async (width, height) => {
    const { playground, page } = await prepare({ viewport: { width, height } });
    playground.answers.command = async () =>
      answerOf({
        title: 'Long '.repeat(30),
        prompt: 'w'.repeat(300),
        fields: [{ label: 'Options', value: 'x'.repeat(120) }],
        progress: { startedAt: Date.now() },
        buttons: [1, 2, 3, 4].map((n) => ({ action: 'x', target: 'x', label: `Button number ${n}`, style: 'plain' })),
      });
    await page.keyboard.type(`/video prompt:${'v'.repeat(200)}`);
    await page.keyboard.press('Enter');
    await says(cards(page), /Long/);
    await page.keyboard.type('/video');
    await page.keyboard.press('Enter');
    for (const name of ['model', 'duration', 'seed', 'watermark']) {
      await page.getByRole('button', { name: `+ ${name}` }).click();
      await page.keyboard.press('Escape');
    }
    const sideways = await page.evaluate(
      () =>
        [document.documentElement, ...document.querySelectorAll('#scroller, .composer, .card')].filter(
          (element) => element.scrollWidth > element.clientWidth,
        ).length,
    );
    expect(sideways).toBe(0);
    const send = await page.getByRole('button', { name: 'Send' }).boundingBox();
    expect((send?.y ?? height) + (send?.height ?? 0)).toBeLessThanOrEqual(height);
    for (const name of ['Ada', 'Ben', 'Mo'])
      expect(await page.locator('.person', { hasText: name }).isVisible()).toBe(true);
  });
});
