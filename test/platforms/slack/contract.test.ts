import { onTestFinished } from 'vitest';
import { systemClock } from '../../../src/lib/clock.ts';
import { createLog } from '../../../src/lib/log.ts';
import { UserGroups } from '../../../src/platforms/slack/moderators/user-groups.ts';
import type { Slack, SlackOptions } from '../../../src/platforms/slack/slack.ts';
import type { FakeSlack } from '../../fakes/slack/index.ts';
import type { ViewValues } from '../../fakes/slack/payloads.ts';
import type { Block, FakeFile, FakeMessage, FakeView, Whisper } from '../../fakes/slack/state.ts';
import { serveRoutes } from '../../http/support.ts';
import { platformContract } from '../contract.ts';
import type { Abilities, Done, Given, Harness, OpenForm, Shown, Wanted, Who } from '../harness.ts';
import { createOn, startFake } from './bench.ts';
import { readBlocks } from './blocks-reader.ts';

const USERS: Record<Who, string> = { member: 'U1', other: 'U2', moderator: 'UADMIN' };
const CHANNEL = 'C1';
const GROUP = 'S1';

/** How long an acknowledgement or a form is waited for, in ms; Slack waits 3 s. */

/** Slack offers nothing while a slash command is typed, and sets clips no limit that is known beforehand. */
const abilities: Abilities = { forms: true, complete: false, messageCommands: 'command' };

platformContract('Slack by Socket Mode', abilities, async ({ dispatch, ...parts }) => {
  const fake = await startFake({ fileDelayMs: 0 });
  const platform = createWithGroups(fake, parts);
  await platform.listen(dispatch);
  return harnessOf(fake, platform, parts);
});

platformContract('Slack by HTTP', abilities, async ({ dispatch, ...parts }) => {
  const fake = await startFake({ fileDelayMs: 0 });
  const platform = createWithGroups(fake, { ...parts, appToken: undefined, signingSecret: fake.signingSecret });
  if (!platform.routes) throw new Error('expected routes');
  const server = await serveRoutes(platform.routes);
  onTestFinished(() => server.close());
  fake.deliverTo(`${server.url.replace(/\/$/, '')}/slack/events`);
  await platform.listen(dispatch);
  return harnessOf(fake, platform, parts);
});

/** With user groups, as they are looked up when the bot runs. */
function createWithGroups(fake: FakeSlack, options: Partial<SlackOptions>): Slack {
  fake.state.userGroups.set(GROUP, [USERS.other]);
  const groups = new UserGroups({ clock: systemClock, log: createLog('silent', []) });
  const platform: Slack = createOn(fake, {
    ...options,
    rolesOf: async ({ teamId }, user) => groups.rolesOf(await platform.clientFor(teamId), teamId, user),
  });
  return platform;
}

function harnessOf(fake: FakeSlack, platform: Harness['platform'], parts: Omit<Wanted, 'dispatch'>): Harness {
  const { state } = fake;
  /** How much there was before each thing that somebody did. */
  const marks: { messages: number; whispers: number; views: number }[] = [];

  /** @param on the message that it was done on. */
  const doneBy = async (who: Who, act: () => Promise<{ payload: unknown }>, on?: FakeMessage): Promise<Done> => {
    const begin = { messages: state.messages.length, whispers: state.whispers.length, views: state.views.length };
    const index = marks.push(begin) - 1;
    await act();

    const messageFor = (reader: Who): FakeMessage | undefined => {
      const sent = state.messages.slice(begin.messages, marks[index + 1]?.messages);
      const replies = sent.filter((message) => message.files.length === 0 && isSeen(message, USERS[reader]));
      return replies.at(-1) ?? (on && isSeen(on, USERS[reader]) ? on : undefined);
    };
    /** The word to the person alone; one without a title only says where the answer is. */
    const wordFor = (reader: Who): Whisper | undefined =>
      state.whispers
        .slice(begin.whispers, marks[index + 1]?.whispers)
        .findLast(({ user, blocks }) => user === USERS[reader] && blocks.some(({ type }) => type === 'header'));

    return {
      async seenBy(reader) {
        const word = wordFor(reader);
        const said = state.messages.slice(begin.messages, marks[index + 1]?.messages);
        const direct = said.filter(({ channel }) => channel === `D${USERS[reader]}`).flatMap(({ files }) => files);
        if (word) return show(word.blocks, direct, false);
        const message = messageFor(reader);
        return message && show(message.blocks, filesOf(fake, message), !message.channel.startsWith('D'));
      },
      async press(label, presser = 'member') {
        const message = messageFor(presser);
        const button = message && readBlocks(message.blocks).buttons.find(({ text }) => text.text === label);
        if (!button) throw new Error(`expected a button ${label}, got ${JSON.stringify(message?.blocks)}`);
        const actor = { user: USERS[presser] };
        return doneBy(presser, () => fake.press(message, button.action_id, button.value, actor), message);
      },
      async form() {
        const view = await fake.until(() => state.views[begin.views]);
        return formOf(view, (values) => doneBy(who, () => send(fake, view, values, who)));
      },
    };
  };

  return {
    platform,
    another: async () => createOn(fake, parts),
    say: async (name, options = {}, who = 'member') => {
      const command = name === 'video' ? '/video' : `/video-${name}`;
      return doneBy(who, () => fake.command(command, typed(options), { user: USERS[who], channel: CHANNEL }));
    },
    async sayDirectly(name, options = {}) {
      const channel = `D${USERS.member}`;
      state.channels.set(channel, { id: channel, kind: 'im', member: true, user: USERS.member });
      const command = name === 'video' ? '/video' : `/video-${name}`;
      return doneBy('member', () => fake.command(command, typed(options), { user: USERS.member, channel }));
    },
    named: { member: `slack:${fake.teamId}/${USERS.other}`, role: GROUP, channel: CHANNEL },
    here: { community: `slack:${fake.teamId}`, channel: CHANNEL },
    elsewhere: { community: 'slack:T2', channel: 'C2' },
    async posted() {
      const there = state.messages.filter(({ channel, files }) => channel === CHANNEL && files.length === 0);
      return doneBy('member', async () => ({ payload: undefined }), there.at(-1));
    },
    complete: async () => [],
    async onMessage(name, text) {
      const message = fake.say(CHANNEL, encode(text));
      return doneBy('member', () => fake.messageShortcut(name, message, { user: USERS.member, channel: CHANNEL }));
    },
  };
}

/** What is typed after a command, as Slack hands it over. */
function typed({ prompt = '', ...options }: Record<string, Given>): string {
  const given = Object.entries(options).map(([name, value]) => `${name}:${encodeValue(value)}`);
  return [encode(String(prompt)), ...given].join(' ');
}

/** What Slack makes of a name that somebody has chosen from its list. */
function encodeValue(value: Given): string {
  if (typeof value !== 'object') return String(value);
  const id = value.id.split('/').at(-1);
  return { member: `<@${id}|ben>`, role: `<!subteam^${id}|@crew>`, channel: `<#${id}|general>` }[value.pick];
}

function encode(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** A direct message is for its person alone. */
function isSeen({ deleted, channel }: FakeMessage, user: string): boolean {
  return !deleted && (!channel.startsWith('D') || channel === `D${user}`);
}

/** Files in the message's thread. */
function filesOf({ state }: FakeSlack, { ts, threadTs, channel }: FakeMessage): FakeFile[] {
  return state.messages
    .filter((one) => one.channel === channel && !one.deleted && one.threadTs === (threadTs ?? ts))
    .flatMap(({ files }) => files)
    .filter(({ deleted }) => !deleted);
}

function show(blocks: readonly Block[], all: readonly FakeFile[], shared: boolean): Shown {
  const { title, text, quoted, buttons } = readBlocks(blocks, shared);
  const got = all.map(({ name, bytes = Buffer.alloc(0), title: alt }) => ({ name, content: bytes, alt }));
  return {
    title,
    text,
    prompt: quoted,
    buttons: buttons.map((button) => button.text.text),
    clips: got.filter(({ name }) => name.endsWith('.mp4')).map(({ content }) => content),
    files: got.filter(({ name }) => !name.endsWith('.mp4')),
  };
}

/** A field of a modal. */
interface InputBlock {
  block_id: string;
  label: { text: string };
  element: {
    type: string;
    action_id: string;
    initial_value?: string;
    initial_option?: { value: string };
    initial_options?: { value: string }[];
  };
}

const inputsOf = ({ blocks }: FakeView) => blocks.filter(({ type }) => type === 'input') as unknown as InputBlock[];
const nameOf = ({ block_id: id }: InputBlock) => id.split(':')[0] ?? '';
const filledIn = ({ element }: InputBlock) => element.initial_value ?? element.initial_option?.value;

function formOf(view: FakeView, fill: OpenForm['fill']): OpenForm {
  const fields = inputsOf(view).map((input) => [nameOf(input), { label: input.label.text, value: filledIn(input) }]);
  return { title: (view.raw.title as { text: string }).text, fields: Object.fromEntries(fields), fill };
}

/** Sends a modal with what is in it and what was filled in anew. */
async function send(fake: FakeSlack, view: FakeView, filled: Readonly<Record<string, string>>, who: Who) {
  const state: ViewValues = {};
  for (const input of inputsOf(view)) {
    const { type, action_id: action, initial_options: chosen = [] } = input.element;
    const value = filled[nameOf(input)] ?? filledIn(input);
    const kinds: Record<string, object> = {
      static_select: { selected_option: value === undefined ? null : { value } },
      checkboxes: { selected_options: chosen },
    };
    state[input.block_id] = { [action]: { type, ...(kinds[type] ?? { value: value ?? null }) } };
  }
  const sent = await fake.submit(view, state, { user: USERS[who] });
  const { response_action: refusal } = (sent.payload || {}) as { response_action?: string };
  if (refusal !== undefined) throw new Error(`expected the form to be taken, got ${JSON.stringify(sent.payload)}`);
  return sent;
}
