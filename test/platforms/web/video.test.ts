import { expect, test } from 'vitest';
import { startHouse } from '../../support/house.ts';
import { TITLES } from '../../support/titles.ts';
import { describeInBrowser, openPage, useBrowser } from './browser.ts';

describeInBrowser('the playground, with everything behind it', () => {
  const browser = useBrowser();

  test('a member types, picks a model, sends, sees the stages and plays the video', async () => {
    const house = await startHouse({ sandbox: { shortSide: 64 }, speed: 3 });
    const page = await openPage(browser(), house.url, { viewport: { width: 1000, height: 420 } });
    await page.locator('.welcome').waitFor();
    await page.keyboard.type('/vid');
    await page.keyboard.press('Enter');
    await page.keyboard.type('a dragon over the peaks');
    await page.getByRole('button', { name: /\+ ?model/ }).click();
    await page.getByRole('option', { name: /^pro Seedance/ }).click();
    await page.keyboard.press('Enter');
    const card = page.locator('.message[data-id] .card');
    for (const title of [TITLES.generating, TITLES.delivered]) {
      await card.getByText(title, { exact: true }).waitFor();
    }
    expect(house.sandbox.requests[0]?.model).toBe('bytedance/seedance-1-0-pro-t2v');
    const clip = await card.locator('video').evaluate(async (video: HTMLVideoElement) => {
      video.muted = true;
      await video.play();
      await new Promise((resolve) => video.addEventListener('timeupdate', resolve, { once: true }));
      return { width: video.videoWidth, height: video.videoHeight, seconds: Math.round(video.duration) };
    });
    expect(clip).toEqual({ width: 114, height: 64, seconds: 5 });
    const below = await page.locator('#scroller').evaluate((e) => e.scrollHeight - e.scrollTop - e.clientHeight);
    expect(Math.round(below)).toBe(0);
  });

  test('what can be chosen follows the provider at once, without a reload', async () => {
    const house = await startHouse();
    const page = await openPage(browser(), house.url);
    await page.locator('.welcome').waitFor();
    await page.keyboard.type('/vid');
    await page.keyboard.press('Enter');
    await page.keyboard.type('a dragon');
    await page.getByRole('button', { name: /\+ ?model/ }).click();
    await page.getByRole('option', { name: /^lite Seedance/ }).waitFor();
    house.sandbox.withdraw('lite');
    await house.chat.video('another', {}, 'web:ben');
    await page.getByRole('option', { name: /^lite Seedance/ }).waitFor({ state: 'detached' });
    expect(await page.getByRole('option').count()).toBe(7);
  });

  test('a member waits in line and cancels', async () => {
    // Slow enough for a browser on a busy machine.
    const house = await startHouse({ speed: 1 });
    const page = await openPage(browser(), house.url);
    await page.locator('.welcome').waitFor();
    for (const prompt of ['first [slow]', 'second']) {
      await page.keyboard.type(`/video prompt:${prompt}`);
      await page.keyboard.press('Enter');
      await page.getByText(prompt).first().waitFor();
    }
    const second = page.locator('.message[data-id] .card').nth(1);
    await second.getByText('Next in the queue.').waitFor();
    await second.getByRole('button', { name: 'Cancel' }).click();
    await second.getByText(TITLES.cancelled, { exact: true }).waitFor();
    expect(house.sandbox.requests).toHaveLength(1);
  });
});
