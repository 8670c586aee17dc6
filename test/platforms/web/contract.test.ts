import { randomUUID } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Choice, OptionValue } from '../../../commands/options.ts';
import { KeptVideos } from '../../../src/delivery/kept-videos.ts';
import type { Card } from '../../../src/domain/card.ts';
import { idOf } from '../../../src/domain/ids.ts';
import { compose, join as joinTexts, type Text, writeParts } from '../../../src/domain/text.ts';
import { createMedia } from '../../../src/http/media.ts';
import { systemClock as clock } from '../../../src/lib/clock.ts';
import { createWeb } from '../../../src/platforms/web/web.ts';
import type { WireChannel, WireFile, WireForm, WireMessage } from '../../../src/platforms/web/wire.ts';
import { openStore, type Store } from '../../../src/store/store.ts';
import { serveRoutes } from '../../http/support.ts';
import { putDatabase } from '../../support/fresh-database.ts';
import { recordingLog } from '../../support/log.ts';
import { tempFolder } from '../../support/temp.ts';
import { en } from '../../support/texts.ts';
import { platformContract } from '../contract.ts';
import type { Done, Given, Harness, OpenForm, Shown, ShownFile, Wanted, Who } from '../harness.ts';

const PEOPLE: Record<Who, string> = { member: 'web:ada', other: 'web:ben', moderator: 'web:mo' };

/** The page shows a card's texts as they are (`page.test.ts` looks at that in a browser). */
const read = (text: Text) =>
  writeParts(text, { plain: String, time: (ms) => `time:${ms / 1000}`, mention: (kind, id) => `${kind}:${id}` }).join(
    '',
  );

/** What the page sends for whom or what was picked. */
function sentFor(command: string, options: Record<string, Given>, { commands }: Wanted): Record<string, OptionValue> {
  const definitions = commands.find(({ name }) => name === command)?.options ?? [];
  const sent = Object.entries(options).map(([option, value]) => {
    if (typeof value !== 'object') return [option, value];
    return [option, definitions.find(({ name }) => name === option)?.type === 'mention' ? idOf(value.id) : value.id];
  });
  return Object.fromEntries(sent);
}

function textOf({ text, fields, items = [], notes }: Omit<Card, 'files'>): string {
  const parts = [
    ...(text === undefined ? [] : [text]),
    ...fields.map(({ label, value }) => compose`${label}: ${value}`),
    ...items.map((item) => compose`${item.title}\n${item.text}`),
    ...notes,
  ];
  return read(joinTexts(parts, '\n'));
}

platformContract('the playground', { forms: true, complete: true, messageCommands: true }, async (wanted) => {
  const folder = await tempFolder();
  const videos = new KeptVideos(folder);
  const media = createMedia({ videos, secret: 'secret of the test', clock });
  await putDatabase(folder);
  const store = await openStore(`sqlite:${join(folder, 'dailies.db')}`);
  onTestFinished(() => store.close());
  const create = async () => createPlatform({ store, wanted, media });
  const web = await create();
  await web.listen(wanted.dispatch);
  const server = await serveRoutes(web.routes, media.routes);
  onTestFinished(() => server.close());
  return harnessOf(server.url, wanted, web, create, async (generation, content) => {
    await writeFile(await videos.draft(generation), content);
    return { ...(await videos.keep(generation)), generation, name: `dailies-${generation}.mp4` };
  });
});

function createPlatform(parts: { store: Store; wanted: Wanted; media: ReturnType<typeof createMedia> }) {
  const { store, wanted, media } = parts;
  const web = createWeb({
    messages: store.webMessages,
    commands: wanted.commands,
    buttons: wanted.buttons,
    messageCommands: wanted.messageCommands,
    texts: en,
    mediaPath: (generation, name) => media.path(generation, name, clock.now() + 60_000),
    clock,
    log: recordingLog().log,
    newId: randomUUID,
  });
  onTestFinished(async () => {
    await web.stop();
    await web.close();
  });
  return web;
}

function harnessOf(
  url: string,
  wanted: Wanted,
  platform: Harness['platform'],
  another: Harness['another'],
  keep: NonNullable<Harness['keep']>,
): Harness {
  const post = async <T>(path: string, body: object): Promise<T> => {
    const headers = { 'content-type': 'application/json' };
    const response = await fetch(url + path, { method: 'POST', headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`expected 2xx of ${path}, got ${response.status} ${await response.text()}`);
    return (await response.json()) as T;
  };

  const messagesOf = async (who: Who): Promise<WireMessage[]> =>
    ((await (await fetch(`${url}/api/channel?as=${PEOPLE[who]}`)).json()) as WireChannel).messages;

  const fetchFile = async (file: WireFile): Promise<ShownFile> => ({
    name: file.name,
    content: Buffer.from(await (await fetch(url + file.url)).arrayBuffer()),
    alt: file.alt,
  });

  const show = async ({ card, files = [], videoUrl }: WireMessage): Promise<Shown | undefined> =>
    card && {
      title: read(card.title),
      text: textOf(card),
      prompt: card.prompt,
      buttons: card.buttons.map(({ label }) => label),
      clips: videoUrl === undefined ? [] : [Buffer.from(await (await fetch(url + videoUrl)).arrayBuffer())],
      files: await Promise.all(files.map(fetchFile)),
    };

  /** @param find the message that is meant, among those that somebody sees. */
  const doneOf = (find: (messages: WireMessage[]) => WireMessage | undefined, opened?: WireForm): Done => ({
    async seenBy(who) {
      const found = find(await messagesOf(who));
      return found && show(found);
    },
    async press(label, who = 'member') {
      const before = await messagesOf(who);
      const on = find(before);
      const button = on?.card?.buttons.find((each) => each.label === label);
      if (!on || !button) throw new Error(`expected a button ${label}, got ${JSON.stringify(on)}`);
      const { action, target } = button;
      const answer = await post<{ message?: WireMessage; form?: WireForm }>('/api/buttons', {
        as: PEOPLE[who],
        action,
        target,
        message: on.id,
      });
      const { message } = answer;
      if (message) return doneOf(byId(message.id));
      const known = new Set(before.map(({ id }) => id));
      const word = (each: WireMessage) => !known.has(each.id) && each.onlyYou;
      return doneOf((messages) => messages.findLast(word) ?? byId(on.id)(messages), answer.form);
    },
    form: async () => opened && formOf(opened),
  });

  const formOf = ({ name: form, target, title, fields }: WireForm): OpenForm => ({
    title,
    fields: Object.fromEntries(fields.map(({ name, label, value }) => [name, { label, value }])),
    async fill(filled) {
      const values = { ...Object.fromEntries(fields.map(({ name, value = '' }) => [name, value])), ...filled };
      const { message } = await post<{ message: WireMessage }>('/api/forms', {
        as: PEOPLE.member,
        form,
        target,
        values,
      });
      return doneOf(byId(message.id));
    },
  });

  const say: Harness['say'] = async (command, options = {}, who = 'member') => {
    const { message } = await post<{ message: WireMessage }>('/api/commands', {
      as: PEOPLE[who],
      command,
      options: sentFor(command, options, wanted),
    });
    return doneOf(byId(message.id));
  };

  return {
    platform,
    another,
    keep,
    say,
    named: { member: 'web:ada', role: 'crew', channel: 'general' },
    here: { community: 'web:local', channel: 'general' },
    elsewhere: { community: 'web:elsewhere', channel: 'random' },
    async posted() {
      const latest = (await messagesOf('member')).findLast(({ member }) => member === undefined)?.id ?? '';
      return doneOf(byId(latest));
    },
    async complete(command, option, typed) {
      const body = { as: PEOPLE.member, command, option, typed, options: {} };
      return (await post<{ choices: Choice[] }>('/api/complete', body)).choices;
    },
    async onMessage(name, text) {
      await say('video', { prompt: text });
      const message = (await messagesOf('member')).at(-1)?.id;
      const body = { as: PEOPLE.member, name, message, part: 'said' };
      const { form } = await post<{ form: WireForm }>('/api/messages/command', body);
      return doneOf(() => undefined, form);
    },
  };
}

function byId(wanted: string) {
  return (messages: WireMessage[]) => messages.find(({ id }) => id === wanted);
}
