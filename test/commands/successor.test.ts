import { describe, expect, it } from 'vitest';
import { startHouse } from '../support/house.ts';
import { en } from '../support/texts.ts';
import { TITLES } from '../support/titles.ts';

const TITLE = 'Model no longer available';

describe('a model that is withdrawn', () => {
  it('and is named is answered by a card of its own, whose first button goes on with the successor', async () => {
    const { chat, sandbox } = await startHouse({ sandbox: { withdrawn: ['lite'] } });
    const id = await chat.video('a dragon', { model: 'lite', resolution: '1080p', duration: 10 });
    const { card } = await chat.untilTitle(id, TITLE);
    expect(card).toMatchObject({
      tone: 'problem',
      text: 'The model lite is no longer available. Use pro-fast instead.',
      buttons: [{ action: 'successor', label: 'Use pro-fast · 3 credits', style: 'primary' }],
    });
    expect(sandbox.requests).toEqual([]);
    const done = await chat.untilTitle(await chat.press(id, 'successor'), TITLES.delivered);
    expect(done.card?.fields).toContainEqual({ label: 'Cost', value: '3 credits' });
    expect(sandbox.requests[0]?.body).toMatchObject({ resolution: '1080p', duration: 10 });
  });

  it('is answered so by Again as well, and the button is not for others', async () => {
    const house = await startHouse();
    const { chat, sandbox } = house;
    const first = await chat.video('a dragon', { model: 'lite' });
    await chat.untilTitle(first, TITLES.delivered);
    sandbox.withdraw('lite');
    // Named, so no other model takes its place by itself: it fails, and says what can be used.
    const failed = await chat.untilTitle(await chat.press(first, 'again'), TITLE);
    expect(failed.card?.buttons.map(({ action, label, style }) => [action, label, style])).toEqual([
      ['successor', 'Use pro-fast · 1 credit', 'primary'],
      ['edit', 'Edit prompt', 'plain'],
      ['delete', 'Delete', 'danger'],
    ]);
    expect(failed.card?.notes).toEqual([en.cards.refund({ credits: 1 })]);
    await chat.press(failed.id, 'successor', 'web:ben');
    await chat.untilWord(/Only the person who asked/, 'web:ben');
    // By now the list is known, so it is refused before anything is accepted.
    const refused = await chat.untilTitle(await chat.press(first, 'again'), TITLE);
    expect(refused.onlyYou).toBe(true);
    await chat.untilTitle(await chat.press(refused.id, 'successor'), TITLES.delivered);
    expect(sandbox.requests).toHaveLength(2);
  });

  it('has no button where no model is left to use instead', async () => {
    const { chat } = await startHouse({ sandbox: { withdrawn: ['lite'] }, settings: { MODELS: 'lite' } });
    const { card } = await chat.untilTitle(await chat.video('a dragon', { model: 'lite' }), TITLE);
    expect(card).toMatchObject({ text: 'The model lite is no longer available.', buttons: [] });
    const none = await chat.untilTitle(await chat.video('a dragon'), TITLES.refused);
    expect(none.card?.text).toBe(en.errors.models_gone);
  });
});
