import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { cards, describeInBrowser, openPage, says, useBrowser } from './browser.ts';
import { answerOf, cardOf, startPlayground } from './playground.ts';

const focused = (page: Page) => page.locator(':focus');

describeInBrowser('the playground’s page', () => {
  const browser = useBrowser();

  const prepare = async (options = {}) => {
    const playground = await startPlayground();
    const page = await openPage(browser(), playground.url, options);
    await page.locator('.welcome').waitFor();
    return { playground, page };
  };

  test('a reply changes while it is made, up to the clip, and is still there after a reload', async () => {
    const { playground, page } = await prepare();
    const answer = Promise.withResolvers<void>();
    playground.answers.command = async () => {
      await answer.promise;
      return { kind: 'generation', id: 'g1' };
    };
    await page.keyboard.type('/video prompt:a dragon');
    await page.keyboard.press('Enter');
    await says(cards(page), 'Thinking…');
    answer.resolve();
    await expect.poll(() => playground.invocations).toHaveLength(1);
    const ref = playground.invocations[0]?.reply ?? { platform: 'web' };

    const cancel = { action: 'cancel', target: 'g1', label: 'Cancel', style: 'danger' } as const;
    await playground.web.update(ref, cardOf({ tone: 'waiting', title: 'Waiting', text: 'Next.', buttons: [cancel] }));
    await says(cards(page), /WaitingNext\.Cancel/);
    await says(page.locator('#live'), 'Dailies, to Ada: Waiting. Next.');

    const startedAt = Date.now() - 5000;
    await playground.web.update(ref, cardOf({ tone: 'working', title: 'Making the video', progress: { startedAt } }));
    await says(page.locator('.elapsed'), /^0:0[5-9]$/);
    const bar = page.getByRole('progressbar');
    expect(await bar.getAttribute('aria-valuenow')).toBeNull();
    await says(page.locator('.elapsed'), /^0:0[6-9]$/);
    await says(page.locator('#live'), 'Making the video');

    const expected = { low: 30_000, median: 34_000, high: 40_000 };
    await playground.web.update(
      ref,
      cardOf({ tone: 'working', title: 'Making the video', progress: { startedAt, expected } }),
    );
    await says(page.locator('.usually'), 'usually takes 30–40 s');
    expect(Number(await bar.getAttribute('aria-valuemax'))).toBe(40);
    expect(await page.locator('.progress').textContent()).not.toContain('%');

    const file = await playground.video('g1');
    const done = cardOf({
      tone: 'done',
      title: 'Your video',
      prompt: 'a dragon',
      fields: [{ label: 'Took', value: '34 s' }],
    });
    await playground.web.deliver(ref, done, file);
    await says(cards(page), /Your video.*a dragon.*Took34 s/);
    expect(await page.locator('.card').getAttribute('data-tone')).toBe('done');
    expect(await page.locator('.clip').count()).toBe(1);

    await page.reload();
    await says(cards(page), /Your video.*a dragon/);
  });

  test('the clip has controls, plays in place without sound, and waits where motion is not wanted', async () => {
    for (const [reducedMotion, plays] of [
      ['no-preference', true],
      ['reduce', false],
    ] as const) {
      const { playground, page } = await prepare({ reducedMotion });
      // A server that never answers, so that the browser does not find out that these bytes are no video.
      await page.route('**/media/**', () => {});
      const { id } = await playground.say('video', { prompt: 'x' });
      await playground.web.deliver({ platform: 'web', messageId: id }, cardOf({}), await playground.video('g1'));
      const video = page.locator('video');
      await video.waitFor({ state: 'attached' });
      expect(
        await video.evaluate((element: HTMLVideoElement) => ({
          controls: element.controls,
          inline: element.playsInline,
          muted: element.muted,
          loop: element.loop,
          plays: element.autoplay,
        })),
      ).toEqual({ controls: true, inline: true, muted: true, loop: true, plays });
    }
  });

  test('an update leaves a playing clip and a focused button alone', async () => {
    const { playground, page } = await prepare();
    await page.route('**/media/**', () => {});
    const again = { action: 'again', target: 'g1', label: 'Again', style: 'plain' } as const;
    const { id } = await playground.say('video', { prompt: 'x' });
    const ref = { platform: 'web', messageId: id };
    await playground.web.deliver(ref, cardOf({ title: 'Your video', buttons: [again] }), await playground.video('g1'));
    const video = await page.locator('video').elementHandle();
    await page.getByRole('button', { name: 'Again' }).focus();
    await playground.web.update(
      ref,
      cardOf({ title: 'Changed', video: { name: 'g1.mp4' }, buttons: [again, { ...again, label: 'More' }] }),
    );
    await says(cards(page), /Changed/);
    expect(await video?.evaluate((element) => element.isConnected)).toBe(true);
    expect(await focused(page).textContent()).toBe('Again');
  });

  test('pressing buttons: one opens a reply, one changes the reply that it is on', async () => {
    const { playground, page } = await prepare();
    const button = { target: 'g1', style: 'plain' } as const;
    playground.answers.command = async () =>
      answerOf({
        buttons: [
          { ...button, action: 'again', label: 'Again' },
          { ...button, action: 'cancel', label: 'Cancel' },
        ],
      });
    await page.keyboard.type('/video prompt:x');
    await page.keyboard.press('Enter');
    await page.getByRole('button', { name: 'Again' }).click();
    await expect.poll(() => cards(page).allTextContents()).toEqual(['A cardAgainCancel', 'Pressed']);
    await page.getByRole('button', { name: 'Cancel' }).click();
    await expect.poll(() => cards(page).allTextContents()).toEqual(['Pressed', 'Pressed']);
    expect(playground.presses.map(({ action, member }) => [action, member])).toEqual([
      ['again', 'web:ada'],
      ['cancel', 'web:ada'],
    ]);
  });

  test('acting as somebody else hides what only the first one may see, and is remembered', async () => {
    const { playground, page } = await prepare();
    playground.answers.command = async ({ command }) =>
      answerOf({ title: `${command} card` }, command === 'quota' ? 'requester' : 'everyone');
    for (const line of ['/video prompt:x', '/quota']) {
      await page.keyboard.type(line);
      await page.keyboard.press('Escape');
      await page.keyboard.press('Enter');
      await says(cards(page).last(), `${line.split(/[/ ]/)[1]} card`);
    }
    expect(await page.getByText('Only you can see this').locator('visible=true').count()).toBe(1);

    await page.getByRole('radio', { name: /Ben/ }).check({ force: true });
    await expect.poll(() => cards(page).allTextContents()).toEqual(['video card']);
    await page.reload();
    await expect.poll(() => cards(page).allTextContents()).toEqual(['video card']);
    expect(await page.getByRole('radio', { name: /Ben/ }).isChecked()).toBe(true);

    await page.getByRole('radio', { name: /Mo.*moderator/ }).check({ force: true });
    await expect.poll(() => page.getByRole('radio', { name: /Mo/ }).isChecked()).toBe(true);
    await page.getByRole('combobox', { name: 'Message' }).fill('/mod');
    await says(page.getByRole('option'), '/moderate usage');
  });

  test('when the server goes and comes back the page says so and catches up by itself', async () => {
    const { playground, page } = await prepare();
    const { folder, port } = playground;
    await playground.stop();
    const status = page.getByRole('status');
    await says(status, 'Connection lost. Trying again…');
    await page.keyboard.type('/quota');
    await page.keyboard.press('Escape');
    await page.keyboard.press('Enter');
    await says(status, 'The server can’t be reached. Is it running?');

    const again = await startPlayground({ folder, port });
    await again.say('video', { prompt: 'meanwhile' }, 'web:ben');
    await says(status, 'Connected again.');
    await says(page.locator('#messages'), /meanwhile/);
    // What could not be sent is still there.
    await page.keyboard.press('Enter');
    await expect.poll(() => again.invocations.map(({ command }) => command)).toEqual(['video', 'quota']);
  });

  test('text of members is shown as text', async () => {
    const { playground, page } = await prepare();
    const nasty = '<img src=x onerror=alert(1)>';
    playground.answers.command = async () =>
      answerOf({
        title: nasty,
        text: nasty,
        prompt: nasty,
        fields: [{ label: nasty, value: nasty }],
        notes: [nasty],
        buttons: [{ action: 'x', target: 'x', label: nasty, style: 'plain' }],
        video: { name: 'x.mp4', link: 'javascript:alert(1)' },
      });
    await playground.say('video', { prompt: nasty });
    await says(cards(page), /<img/);
    expect(await page.locator('.message[data-id] :is(img:not(.bot img), script, a)').count()).toBe(0);
  });
});
