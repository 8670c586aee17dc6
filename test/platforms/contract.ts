import { randomBytes } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { Answer } from '../../commands/command.ts';
import type { OptionValue } from '../../commands/options.ts';
import type { Card, CardFile } from '../../src/domain/card.ts';
import { idOf } from '../../src/domain/ids.ts';
import { ReplyError } from '../../src/domain/reply.ts';
import { at, compose, join, mention } from '../../src/domain/text.ts';
import { fastClock } from '../support/clock.ts';
import {
  BUTTONS,
  button,
  COMMANDS,
  cardAnswer,
  cardOf,
  FILES,
  FORM,
  GENERATION,
  keepAnywhere,
  MESSAGE_COMMANDS,
  NASTY,
  Script,
  stored,
} from './contract-script.ts';
import type { Abilities, Done, Harness, Shown, ShownFile, Wanted, Who } from './harness.ts';

/** After so long without an answer there will be none, in ms. */
const QUIET_MS = 300;

/** What every platform promises, whatever it looks like. */
export function platformContract(name: string, abilities: Abilities, make: (wanted: Wanted) => Promise<Harness>): void {
  const { limitBytes } = abilities;
  /** What a platform says that it cannot do is no promise. */
  const testIf = (able: boolean) => (able ? test : () => undefined);

  async function begin() {
    const script = new Script();
    const harness = await make({
      dispatch: script,
      commands: COMMANDS,
      buttons: BUTTONS,
      messageCommands: MESSAGE_COMMANDS,
    });
    /** Waits until this person sees what is wanted. */
    const until = async (done: Done, wanted: (shown: Shown) => boolean, who: Who = 'member'): Promise<Shown> => {
      let last: Shown | undefined;
      await expect
        .poll(
          async () => {
            last = await done.seenBy(who);
            return last !== undefined && wanted(last);
          },
          { interval: 10, message: `the reply of ${name} as ${who} sees it` },
        )
        .toBe(true);
      return last as Shown;
    };
    const untilTitle = (done: Done, title: string, who: Who = 'member') =>
      until(done, (shown) => shown.title === title, who);
    const answered = async (card: Partial<Card>, who: Who = 'member') => {
      script.answer = cardAnswer(card);
      const done = await harness.say('video', { prompt: 'x' }, who);
      return { done, shown: await untilTitle(done, cardOf(card).title, who) };
    };
    /** A reply that shows a generation, with the ref that would be stored. */
    const opened = async (options: Record<string, OptionValue> = { prompt: 'x' }) => {
      script.answer = GENERATION;
      const before = script.invocations.length;
      const done = await harness.say('video', options);
      await expect.poll(() => script.invocations.length, { interval: 5 }).toBe(before + 1);
      const ref = stored(script.invocations.at(-1)?.reply);
      return { done, ref };
    };
    const clip = async (bytes: number) => {
      const content = randomBytes(bytes);
      return { content, file: await (harness.keep ?? keepAnywhere)('g1', content) };
    };
    return { script, ...harness, until, untilTitle, answered, opened, clip };
  }

  const failure = async (work: Promise<unknown>): Promise<ReplyError> => {
    const error = await work.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(ReplyError);
    return error as ReplyError;
  };

  describe(`${name}, as a platform,`, () => {
    describe('hands over', () => {
      test('a command with who said what, where, and where to answer', async () => {
        const { script, say, platform } = await begin();
        await say('video', { prompt: 'a dragon', duration: 10, watermark: true });
        await expect.poll(() => script.invocations.length).toBe(1);
        const [invocation] = script.invocations;
        expect(invocation).toMatchObject({
          command: 'video',
          options: { prompt: 'a dragon', duration: 10, watermark: true },
          moderator: false,
          roles: expect.any(Array),
          locale: expect.stringMatching(/^[a-z]{2}/),
          channel: expect.stringMatching(/./),
          reply: { platform: platform.name },
        });
        expect(invocation?.community).toMatch(new RegExp(`^${platform.name}:.`));
        expect(invocation?.member).toMatch(new RegExp(`^${platform.name}:.`));
        expect(stored(invocation?.reply)).toEqual(invocation?.reply);
      });

      test('whether it is a moderator, and people as different members', async () => {
        const { script, say } = await begin();
        for (const who of ['member', 'other', 'moderator'] as const) await say('video', { prompt: 'x' }, who);
        await expect.poll(() => script.invocations.length).toBe(3);
        expect(script.invocations.map(({ moderator }) => moderator)).toEqual([false, false, true]);
        expect(new Set(script.invocations.map(({ member }) => member)).size).toBe(3);
        expect(new Set(script.invocations.map(({ community, channel }) => `${community} ${channel}`)).size).toBe(1);
      });

      test('that others are where it was said, and whether they see the answer', async () => {
        const { script, say } = await begin();
        const heard = (count: number) => expect.poll(() => script.invocations.length, { interval: 5 }).toBe(count);
        await say('video', { prompt: 'x' });
        await heard(1);
        await say('video', { prompt: 'x', private: true });
        await heard(2);
        await say('quota');
        await heard(3);
        expect(script.invocations.map(({ direct }) => direct)).toEqual([false, false, false]);
        expect(script.invocations.map(({ alone }) => alone)).toEqual([false, true, true]);
        expect(script.invocations.map(({ parentChannel }) => parentChannel)).toEqual([undefined, undefined, undefined]);
      });

      test('that nobody else is in a direct message', async () => {
        const { script, sayDirectly } = await begin();
        if (!sayDirectly) return;
        await sayDirectly('video', { prompt: 'x' });
        await expect.poll(() => script.invocations.length).toBe(1);
        expect(script.invocations).toMatchObject([{ direct: true, alone: false }]);
      });

      test('whom and what an option names', async () => {
        const { script, say, named } = await begin();
        await say('name', { member: { pick: 'member', id: named.member }, who: { pick: 'member', id: named.member } });
        await expect.poll(() => script.invocations.length).toBe(1);
        await say('name', { channel: { pick: 'channel', id: named.channel } });
        await expect.poll(() => script.invocations.length).toBe(2);
        expect(script.invocations.map(({ command, options }) => ({ command, options }))).toEqual([
          { command: 'name', options: { member: named.member, who: idOf(named.member) } },
          { command: 'name', options: { channel: named.channel } },
        ]);
      });

      test('which roles a named member has, and a role itself', async () => {
        const { script, say, named } = await begin();
        const { member, role } = named;
        if (role === undefined) return;
        await say('name', { member: { pick: 'member', id: member } });
        await expect.poll(() => script.invocations.length).toBe(1);
        await say('name', { role: { pick: 'role', id: role }, who: { pick: 'role', id: role } });
        await expect.poll(() => script.invocations.length).toBe(2);
        expect(script.invocations[0]?.rolesOf).toEqual({ [member]: [role] });
        expect(script.invocations[1]?.options).toEqual({ role, who: role });
      });

      test('a command that takes long after it has acknowledged it, and shows the answer in the end', async () => {
        const { script, say, untilTitle } = await begin();
        const answer = Promise.withResolvers<Answer>();
        script.answer = answer.promise;
        const done = await say('video', { prompt: 'x' });
        answer.resolve(cardAnswer({ title: 'At last' }));
        await untilTitle(done, 'At last');
      });

      testIf(abilities.complete)('what is typed in an option, and offers what fits', async () => {
        const { script, complete } = await begin();
        script.choices = [{ name: 'ten seconds', value: 10 }];
        expect(await complete('video', 'duration', '1')).toEqual([{ name: 'ten seconds', value: 10 }]);
        expect(script.completions).toMatchObject([{ command: 'video', option: 'duration', typed: '1' }]);
      });

      testIf(abilities.forms)(
        'a form that was filled in, with its target, what was typed and what was left',
        async () => {
          const { script, answered, untilTitle } = await begin();
          const { done } = await answered({ title: 'First', buttons: [button('edit', 'Edit')] });
          script.answer = { kind: 'form', form: FORM };
          const form = await (await done.press('Edit')).form();
          script.answer = cardAnswer({ title: 'Sent' });
          const sent = await form?.fill({ prompt: 'a **blue** dragon' });
          expect(sent).toBeDefined();
          if (sent) await untilTitle(sent, 'Sent');
          expect(script.submissions).toMatchObject([
            { form: 'edit', target: 'g1', values: { prompt: 'a **blue** dragon', model: 'lite' }, moderator: false },
          ]);
          expect(script.submissions[0]?.member).toBe(script.invocations[0]?.member);
          expect(script.submissions[0]?.reply).not.toEqual(script.invocations[0]?.reply);
          expect((await done.seenBy('member'))?.title).toBe('First');
        },
      );

      testIf(abilities.messageCommands === true)(
        'a form that a message command opened with the message in it',
        async () => {
          const { script, onMessage, untilTitle } = await begin();
          const form = await (await onMessage('video_from_message', 'a *green* dragon')).form();
          expect(form?.fields.prompt?.value).toBe('a *green* dragon');
          const sent = await form?.fill({ model: 'pro' });
          if (sent) await untilTitle(sent, 'Heard');
          expect(script.submissions).toMatchObject([{ values: { prompt: 'a *green* dragon', model: 'pro' } }]);
        },
      );

      testIf(abilities.messageCommands === 'command')('a command that a message’s form was filled in for', async () => {
        const { script, onMessage, untilTitle } = await begin();
        const form = await (await onMessage('video_from_message', 'a *green* dragon')).form();
        expect(form?.fields.prompt?.value).toBe('a *green* dragon');
        const sent = await form?.fill({});
        if (sent) await untilTitle(sent, 'Heard');
        expect(script.invocations).toMatchObject([{ command: 'video', options: { prompt: 'a *green* dragon' } }]);
      });
    });

    describe('shows an answer', () => {
      test('to all', async () => {
        const { answered, untilTitle } = await begin();
        const { done } = await answered({ title: 'For all of you' });
        await untilTitle(done, 'For all of you', 'other');
      });

      test.each([
        ['of a command whose answers are private', 'quota', {}],
        ['of a command that was asked for in private', 'video', { prompt: 'x', private: true }],
        ['that turns out to be for the requester alone', 'video', { prompt: 'x' }],
      ])('%s to nobody else', async (_, command, options) => {
        const { script, say, untilTitle, answered } = await begin();
        script.answer = cardAnswer({ title: 'For you' }, 'requester');
        const done = await say(command, options);
        await untilTitle(done, 'For you');
        expect(await done.seenBy('other')).toBeUndefined();
        // What comes later has been shown to all by now, so this would have been too.
        const { done: later } = await answered({ title: 'For all of you' });
        await untilTitle(later, 'For all of you', 'other');
        expect(await done.seenBy('other')).toBeUndefined();
      });

      test('whole: text, prompt, fields, items, notes and buttons', async () => {
        const { answered } = await begin();
        const { shown } = await answered({
          title: 'Everything',
          text: 'In short',
          prompt: 'a dragon\nover the peaks',
          fields: [{ label: 'Model', value: 'Pro' }],
          items: [{ title: 'The first', text: 'of two' }],
          notes: ['In small print'],
          buttons: [button('again', 'Again'), button('cancel', 'Cancel')],
        });
        expect(shown.prompt).toBe('a dragon\nover the peaks');
        expect(shown.buttons).toEqual(['Again', 'Cancel']);
        for (const part of ['In short', 'Model', 'Pro', 'The first', 'of two', 'In small print']) {
          expect(shown.text).toContain(part);
        }
        expect(shown.text).not.toContain('ACTIVE(');
      });

      test('with what people wrote as they wrote it, wherever it stands', async () => {
        const { answered } = await begin();
        const { shown } = await answered({
          title: NASTY,
          text: `1 ${NASTY}`,
          prompt: NASTY,
          fields: [{ label: 'Said', value: `2 ${NASTY}` }],
          items: [{ title: `3 ${NASTY}`, text: `4 ${NASTY}` }],
          notes: [`5 ${NASTY}`],
        });
        expect(shown.title).toBe(NASTY);
        expect(shown.prompt).toBe(NASTY);
        for (const place of [1, 2, 3, 4, 5]) expect(shown.text).toContain(`${place} ${NASTY}`);
      });

      test('with moments in time, in the reader’s own clock', async () => {
        const { answered } = await begin();
        const { shown } = await answered({ text: compose`Room ${at(1_800_000_000_000, 'relative')}, or so` });
        expect(shown.text).toContain('Room time:1800000000, or so');
      });
    });

    describe('shows', () => {
      const files = [...FILES];
      const shownAs = ({ name, base64, alt }: CardFile) => ({ name, content: Buffer.from(base64, 'base64'), alt });
      /** What is said of a file that is no picture, not every platform can show. */
      const withoutAlt = ({ name, content }: ShownFile) => ({ name, content });

      test.each(['video', 'quota'])('names for whom and what an answer to “%s” mentions', async (command) => {
        const { script, say, untilTitle, named } = await begin();
        const { member, role, channel } = named;
        const marks = [
          mention('member', member),
          ...(role ? [mention('role', role)] : []),
          mention('channel', channel),
        ];
        const all = compose`All: ${join(marks, ' and ')}.`;
        script.answer = cardAnswer({
          title: 'Who',
          text: all,
          fields: [{ label: 'Who', value: mention('member', member) }],
          items: [{ title: compose`1 ${mention('member', member)}`, text: all }],
          notes: [all],
        });
        const { text } = await untilTitle(await say(command, command === 'video' ? { prompt: 'x' } : {}), 'Who');
        const read = [`member:${member}`, ...(role ? [`role:${role}`] : []), `channel:${channel}`].join(' and ');
        expect(text.split(`All: ${read}.`)).toHaveLength(4);
        expect(text).toContain(`1 member:${member}`);
        expect(text).not.toContain('ACTIVE(');
      });

      test('no half of a mention where a text is too long', async () => {
        const { answered } = await begin();
        const all = Array.from(
          { length: 500 },
          (_, index) => compose`${'x'.repeat(index % 7)}${mention('role', '123456')}`,
        );
        const text = join(all, ' ');
        const { shown } = await answered({ text, notes: [text] });
        expect(shown.text).toMatch(/^((x* ?)(role:|@)123456 ?)+x*…?$/m);
      });

      test('a picture and a table with an answer to all', async () => {
        const { script, say, until } = await begin();
        script.answer = cardAnswer({ title: 'Usage', files });
        const done = await say('video', { prompt: 'x' });
        for (const who of ['member', 'other'] as const) {
          const shown = await until(done, ({ title, files: sent }) => title === 'Usage' && sent.length === 2, who);
          expect(shown.files.map(withoutAlt)).toEqual(files.map(shownAs).map(withoutAlt));
          expect(shown.files[0]?.alt).toBe('Videos by day');
        }
      });

      test.each([
        ['of a command whose answers are private', 'quota', {}],
        ['of a command that was asked for in private', 'video', { prompt: 'x', private: true }],
        ['that turns out to be for the requester alone', 'video', { prompt: 'x' }],
      ])('a picture and a table with an answer %s to nobody else', async (_, command, options) => {
        const { script, say, until, answered, untilTitle } = await begin();
        script.answer = cardAnswer({ title: 'Usage', files }, 'requester');
        const done = await say(command, options);
        const shown = await until(done, ({ title, files: sent }) => title === 'Usage' && sent.length === 2);
        expect(shown.files.map(withoutAlt)).toEqual(files.map(shownAs).map(withoutAlt));
        const { done: later } = await answered({ title: 'For all of you' });
        await untilTitle(later, 'For all of you', 'other');
        expect(await done.seenBy('other')).toBeUndefined();
      });
    });

    describe('posts a message of its own', () => {
      test('for all, which can be changed and taken away by another process', async () => {
        const { platform, here, posted, untilTitle, another } = await begin();
        const ref = stored(await platform.post(here.community, here.channel, cardOf({ title: 'Look' })));
        expect(ref.platform).toBe(platform.name);
        const done = await posted();
        for (const who of ['member', 'other', 'moderator'] as const) await untilTitle(done, 'Look', who);
        const worker = await another();
        await worker.update(ref, cardOf({ title: 'Look again' }));
        await untilTitle(done, 'Look again', 'other');
        await worker.remove(ref);
        expect(await done.seenBy('other')).toBeUndefined();
        await worker.remove(ref);
        expect((await failure(worker.update(ref, cardOf({}), { last: true }))).kind).toBe('gone');
      });

      test('from a process that never listened', async () => {
        const { another, here, posted, untilTitle } = await begin();
        await (await another()).post(here.community, here.channel, cardOf({ title: 'From elsewhere' }));
        await untilTitle(await posted(), 'From elsewhere', 'other');
      });

      test('whose buttons work', async () => {
        const { script, platform, here, posted, untilTitle } = await begin();
        const buttons = [button('again', 'Again'), button('cancel', 'Cancel')];
        await platform.post(here.community, here.channel, cardOf({ title: 'Reported', buttons }));
        const done = await posted();
        script.answer = cardAnswer({ title: 'Dealt with' });
        await done.press('Cancel', 'moderator');
        await untilTitle(done, 'Dealt with', 'other');
        expect(script.presses).toMatchObject([
          { action: 'cancel', target: 'g1', moderator: true, direct: false, alone: false, ...here },
        ]);
      });

      test('that names people without notifying them', async () => {
        const { platform, here, posted, untilTitle, named } = await begin();
        await platform.post(
          here.community,
          here.channel,
          cardOf({ title: 'Who', text: mention('member', named.member) }),
        );
        const { text } = await untilTitle(await posted(), 'Who', 'other');
        expect(text).toContain(`member:${named.member}`);
        expect(text).not.toContain('ACTIVE(');
      });

      test('with its files', async () => {
        const { platform, here, posted, until } = await begin();
        await platform.post(here.community, here.channel, cardOf({ title: 'Usage', files: [...FILES] }));
        const shown = await until(await posted(), ({ files }) => files.length === 2, 'other');
        expect(shown.files.map(({ name }) => name)).toEqual(['usage.png', 'usage.csv']);
      });

      test('never into another community’s channel, nor where there is none', async () => {
        const { platform, here, elsewhere } = await begin();
        for (const [community, channel] of [
          [here.community, elsewhere.channel],
          [elsewhere.community, here.channel],
          [here.community, 'nowhere'],
          ['pigeon:1', here.channel],
        ] as const) {
          expect((await failure(platform.post(community, channel, cardOf({})))).kind).toBe('gone');
        }
      });
    });

    describe('updates a reply', () => {
      test('by replacing what it shows', async () => {
        const { platform, opened, untilTitle } = await begin();
        const { done, ref } = await opened();
        await platform.update(ref, cardOf({ title: 'One', prompt: 'x', buttons: [button('cancel', 'Cancel')] }));
        await untilTitle(done, 'One', 'other');
        await platform.update(ref, cardOf({ title: 'Two' }));
        expect(await untilTitle(done, 'Two', 'other')).toMatchObject({ prompt: undefined, buttons: [] });
      });

      test('with the same card twice without harm', async () => {
        const { platform, opened, untilTitle } = await begin();
        const { done, ref } = await opened();
        const card = cardOf({ title: 'The same', notes: ['as before'] });
        await platform.update(ref, card);
        const first = await untilTitle(done, 'The same');
        await platform.update(ref, card);
        expect(await done.seenBy('member')).toEqual(first);
      });

      test('that is private, and leaves it private', async () => {
        const { platform, opened, untilTitle } = await begin();
        const { done, ref } = await opened({ prompt: 'x', private: true });
        await platform.update(ref, cardOf({ title: 'For you' }));
        await untilTitle(done, 'For you');
        expect(await done.seenBy('other')).toBeUndefined();
      });

      test('from another process that never listened, by the stored ref alone', async () => {
        const { opened, untilTitle, another, clip } = await begin();
        const { done, ref } = await opened();
        const worker = await another();
        await worker.update(ref, cardOf({ title: 'From elsewhere' }));
        await untilTitle(done, 'From elsewhere');
        const { file, content } = await clip(2000);
        expect(await worker.deliver(ref, cardOf({ title: 'Done', video: { name: file.name } }), file)).toMatchObject({
          attached: true,
        });
        expect((await untilTitle(done, 'Done')).clips).toEqual([content]);
        expect(await worker.findDelivery(ref, file.name)).toBeDefined();
        await worker.remove(ref);
        expect(await done.seenBy('member')).toBeUndefined();
      });

      test('of another platform not at all', async () => {
        const { platform } = await begin();
        const ref = { platform: 'pigeon', nest: 1 };
        expect((await failure(platform.update(ref, cardOf({})))).kind).toBe('invalid');
      });
    });

    describe('delivers a clip', () => {
      test('byte for byte, and finds it and no other', async () => {
        const { platform, opened, untilTitle, clip } = await begin();
        const { done, ref } = await opened();
        await platform.update(ref, cardOf({ title: 'Soon' }));
        const { file, content } = await clip(50_000);
        expect(await platform.findDelivery(ref, file.name)).toBeUndefined();
        const delivered = await platform.deliver(ref, cardOf({ title: 'Done', video: { name: file.name } }), file);
        expect((await untilTitle(done, 'Done', 'other')).clips).toEqual([content]);
        expect(delivered).toEqual({ attached: true, receipt: expect.stringMatching(/./) });
        expect(await platform.findDelivery(ref, file.name)).toBe('receipt' in delivered && delivered.receipt);
        expect(await platform.findDelivery(ref, 'dailies-other.mp4')).toBeUndefined();
      });

      test('twice, and one is there', async () => {
        const { platform, opened, untilTitle, clip } = await begin();
        const { done, ref } = await opened();
        const { file, content } = await clip(3000);
        await platform.deliver(ref, cardOf({ title: 'Once', video: { name: file.name } }), file);
        await platform.deliver(ref, cardOf({ title: 'Twice', video: { name: file.name } }), file);
        expect((await untilTitle(done, 'Twice')).clips).toEqual([content]);
      });

      test('that an update leaves where it is', async () => {
        const { platform, opened, untilTitle, clip } = await begin();
        const { done, ref } = await opened();
        const { file, content } = await clip(3000);
        const card = cardOf({ title: 'Done', video: { name: file.name } });
        await platform.deliver(ref, card, file);
        await platform.update(ref, { ...card, title: 'Still there' });
        expect((await untilTitle(done, 'Still there')).clips).toEqual([content]);
      });

      testIf(limitBytes !== undefined)('unless it is too large, and says what would fit', async () => {
        const { platform, opened, clip } = await begin();
        const { done, ref } = await opened();
        const { file } = await clip(Number(limitBytes) + 1);
        expect(await platform.deliver(ref, cardOf({}), file)).toEqual({ attached: false, limitBytes });
        expect((await done.seenBy('member'))?.clips ?? []).toEqual([]);
      });
    });

    describe('removes a reply', () => {
      test('from everybody’s sight; a second time changes nothing', async () => {
        const { platform, opened, untilTitle } = await begin();
        const { done, ref } = await opened();
        await platform.update(ref, cardOf({ title: 'Here' }));
        await untilTitle(done, 'Here', 'other');
        await platform.remove(ref);
        expect([await done.seenBy('member'), await done.seenBy('other')]).toEqual([undefined, undefined]);
        await platform.remove(ref);
      });

      test('for good: an update finds it gone', async () => {
        const { platform, opened } = await begin();
        const { ref } = await opened();
        await platform.remove(ref);
        expect((await failure(platform.update(ref, cardOf({})))).kind).toBe('gone');
      });
    });

    describe('has buttons', () => {
      const buttons = [button('again', 'Again'), button('cancel', 'Cancel'), button('edit', 'Edit')];

      test('that answer with a new reply, and leave the one they are on', async () => {
        const { script, answered, untilTitle } = await begin();
        const { done } = await answered({ title: 'First', buttons });
        script.answer = cardAnswer({ title: 'Second' });
        const next = await done.press('Again', 'other');
        await untilTitle(next, 'Second', 'member');
        expect((await done.seenBy('member'))?.title).toBe('First');
        expect(script.presses).toMatchObject([{ action: 'again', target: 'g1', moderator: false }]);
        expect(script.presses[0]?.reply).not.toEqual(script.invocations[0]?.reply);
        expect(script.presses[0]?.member).not.toBe(script.invocations[0]?.member);
      });

      test('that answer in the reply they are on', async () => {
        const { script, answered, untilTitle, platform } = await begin();
        const { done } = await answered({ title: 'First', buttons });
        script.answer = cardAnswer({ title: 'Changed' });
        await done.press('Cancel');
        await untilTitle(done, 'Changed', 'other');
        await platform.update(stored(script.presses[0]?.reply), cardOf({ title: 'Changed again' }));
        await untilTitle(done, 'Changed again', 'other');
      });

      test('whose refusal is a word to the presser alone', async () => {
        const { script, answered, untilTitle } = await begin();
        const { done } = await answered({ title: 'First', buttons });
        script.answer = cardAnswer({ title: 'Not yours' }, 'requester');
        const refused = await done.press('Cancel', 'other');
        await untilTitle(refused, 'Not yours', 'other');
        expect((await done.seenBy('member'))?.title).toBe('First');
        expect((await refused.seenBy('member'))?.title).not.toBe('Not yours');
      });

      test('that have already changed what there was to change', async () => {
        const { script, answered } = await begin();
        const { done, shown } = await answered({ title: 'First', buttons });
        script.answer = { kind: 'handled' };
        await done.press('Cancel');
        await expect.poll(() => script.presses.length).toBe(1);
        expect(await done.seenBy('member')).toEqual(shown);
      });

      testIf(abilities.forms)('that open a form, with what is in it', async () => {
        const { script, answered } = await begin();
        const { done } = await answered({ title: 'First', buttons });
        script.answer = { kind: 'form', form: FORM };
        const form = await (await done.press('Edit')).form();
        expect(form).toMatchObject({
          title: 'Another prompt',
          fields: {
            prompt: { label: 'Prompt', value: 'a *red* dragon' },
            model: { label: 'Model', value: 'lite' },
          },
        });
        expect((await done.seenBy('member'))?.title).toBe('First');
      });

      testIf(abilities.forms)('whose form cannot be had: the presser alone reads why', async () => {
        const { script, answered, untilTitle } = await begin();
        const { done } = await answered({ title: 'First', buttons });
        script.answer = cardAnswer({ title: 'Too late' }, 'requester');
        const refused = await done.press('Edit', 'other');
        await untilTitle(refused, 'Too late', 'other');
        expect((await done.seenBy('member'))?.title).toBe('First');
        expect((await refused.seenBy('member'))?.title).not.toBe('Too late');
      });
    });

    describe('stops', () => {
      test('taking input, after what it took is answered; replies can still be changed', async () => {
        const { script, say, platform, untilTitle } = await begin();
        const answer = Promise.withResolvers<Answer>();
        script.answer = answer.promise;
        const done = await say('video', { prompt: 'x' });
        await expect.poll(() => script.invocations.length).toBe(1);
        const stopping = platform.stop();
        answer.resolve(cardAnswer({ title: 'Just in time' }));
        await stopping;
        expect((await done.seenBy('member'))?.title).toBe('Just in time');
        const late = say('video', { prompt: 'too late' }).then(
          () => 'taken',
          () => 'refused',
        );
        // Some platforms refuse; to the others nothing comes any more.
        expect(await Promise.race([late, fastClock(1).sleep(QUIET_MS)])).not.toBe('taken');
        expect(script.invocations).toHaveLength(1);
        await platform.update(stored(script.invocations[0]?.reply), cardOf({ title: 'Afterwards' }));
        await untilTitle(done, 'Afterwards');
      });
    });
  });
}
