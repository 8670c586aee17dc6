import type { CardButton } from '../../../domain/card.ts';
import type { MessagePart, WireChannel, WireForm, WireMessage } from '../wire.ts';
import { Acting } from './acting.ts';
import { announce, ChannelMessages } from './channel-messages.ts';
import { ChannelNav } from './channel-nav.ts';
import {
  ClientError,
  fetchChannel,
  fetchChoices,
  openMessageForm,
  sendCommand,
  sendForm,
  sendPress,
} from './client.ts';
import { Composer } from './composer.ts';
import { byId } from './dom.ts';
import { listen } from './events.ts';
import { openFormDialog } from './form-dialog.ts';
import { MessageList } from './messages.ts';
import { Names } from './names.ts';
import { useWords, words } from './page-words.ts';
import { StatusLine } from './status.ts';
import { Ticker } from './ticker.ts';
import { logWelcomeElement, welcomeElement } from './welcome.ts';

const DRAFT = 'dailies.draft';
/** Nobody says so when a message has passed its time, so the page looks now and then, in ms. */
const LOOK_AGAIN_MS = 10 * 60_000;

useWords(JSON.parse(document.documentElement.dataset.words ?? '{}'));

const status = new StatusLine(byId('status', HTMLElement));
const live = byId('live', HTMLElement);
const ticker = new Ticker();
const names = new Names();
let channel = new ChannelMessages();
/** Id of the channel that is on the page; '' while its messages are under way. */
let open = '';
let filled = false;

const acting = new Acting(byId('acting', HTMLElement), actAs);
let as = acting.remembered;

const nav = new ChannelNav(byId('channels', HTMLElement), () => void changeChannel());

const composer = new Composer({
  form: byId('composer', HTMLFormElement),
  changed: (line) => sessionStorage.setItem(DRAFT, line),
  send: (command, options) =>
    attempt(async () => {
      const { message } = await sendCommand(as, nav.chosen, command, options);
      showOwn(message);
    }),
  complete: async (command, option, options) => (await fetchChoices(as, nav.chosen, command, option, options)).choices,
});

const list = new MessageList({
  scroller: byId('scroller', HTMLElement),
  list: byId('messages', HTMLElement),
  jump: byId('jump', HTMLElement),
  reading: { ticker, names },
  press: (button, message) => void press(button, message),
  act: ({ name }, message, part) => void act(name, message, part),
});

const fillLine = (line: string) => {
  composer.fill(line);
  composer.focus();
};
const welcome = welcomeElement(fillLine);

let stopListening = connect();
setInterval(() => void refresh(as, false), LOOK_AGAIN_MS);

function connect(): () => void {
  const person = as;
  return listen(person, {
    ready: (again) => void refresh(person, again),
    message: (message) => {
      nav.note(message.channel, message.createdAt, message.channel === open, person);
      if (message.channel === open) show(message);
      else if (open === '') channel.put(message);
    },
    removed: (id) => {
      channel.remove(id);
      list.remove(id);
    },
    offered: () => composer.offerAnew(),
    lost: () => status.problem(words.lost),
  });
}

function actAs(id: string): void {
  stopListening();
  as = id;
  leaveChannel();
  stopListening = connect();
}

/** Shows the channel that the page's address names now. */
async function changeChannel(): Promise<void> {
  leaveChannel();
  await refresh(as, false);
  list.toEnd();
}

function leaveChannel(): void {
  channel = new ChannelMessages();
  open = '';
}

/** Fetches everything, as one person sees it. @param again after a loss of the connection. */
async function refresh(person: string, again: boolean): Promise<void> {
  const asked = channel;
  channel.expectAll();
  await attempt(async () => {
    const fetched = await fetchChosen(person);
    // Meanwhile somebody else may have come, or another channel may have been chosen.
    if (channel !== asked) return;
    const { now, people, channels, commands, messages, complete } = fetched;
    ticker.follow(now);
    names.know(fetched);
    acting.show(people, as);
    composer.setCommands(commands);
    list.know(fetched);
    const first = showHead(fetched);
    nav.show(channels, open, as);
    channel.setAll(messages, open);
    list.showAll(channel.messages, complete ? first : undefined);
    if (again) status.good(words.connected);
    if (filled) return;
    filled = true;
    composer.fill(sessionStorage.getItem(DRAFT) ?? '');
    composer.focus();
  });
}

/** Fetches the chosen channel, or the first one if this person cannot see that one or it is gone. */
async function fetchChosen(person: string): Promise<WireChannel> {
  const wanted = nav.chosen;
  try {
    return await fetchChannel(person, wanted);
  } catch (error) {
    if (!(error instanceof ClientError && error.missing) || wanted === '' || wanted !== nav.chosen) throw error;
    nav.forget();
    return await fetchChannel(person, '');
  }
}

/** Shows which channel this is. @returns the introduction before its first message. */
function showHead({ channel: id, channels }: WireChannel): HTMLElement | undefined {
  const entry = channels.find((one) => one.id === id);
  if (!entry) return undefined;
  open = id;
  document.title = `#${entry.name} · Dailies`;
  byId('channel-name', HTMLElement).textContent = entry.name;
  byId('channel-topic', HTMLElement).textContent = entry.topic;
  composer.setChannel(entry.name);
  return entry === channels[0] ? welcome : logWelcomeElement(entry.name, fillLine);
}

/** @param asNew the server's first answer about a message; any version received since then is newer. */
function show(message: WireMessage, { asNew = false } = {}): void {
  if (asNew && channel.messages.some(({ id }) => id === message.id)) return;
  const { before, index } = channel.put(message);
  list.show(message, channel.messages[index + 1]?.id);
  const news = announce(before, message, names, ticker.now());
  if (news) live.textContent = news;
}

async function press(button: CardButton, on: string): Promise<void> {
  await attempt(async () => {
    const { message, form } = await sendPress(as, button, on);
    if (form) openForm(form, on);
    if (message) showOwn(message);
  });
}

/** Does something with a text of a message: its form opens. */
async function act(name: string, message: string, part: MessagePart): Promise<void> {
  await attempt(async () => openForm((await openMessageForm(as, name, message, part)).form, message));
}

/** @param on the message that it was opened from. */
function openForm(form: WireForm, on: string): void {
  openFormDialog({
    form,
    async send(values) {
      try {
        const { message } = await sendForm(as, form, values, on);
        showOwn(message);
        return undefined;
      } catch (error) {
        return problemOf(error);
      }
    },
  });
}

/** Shows what was just said here. */
function showOwn(message: WireMessage): void {
  if (message.channel !== open) return;
  show(message, { asNew: true });
  list.toEnd();
}

/** Does something that may fail, and says so if it does. @returns whether it worked. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    status.clear();
    await work();
    return true;
  } catch (error) {
    status.problem(problemOf(error));
    return false;
  }
}

/** Describes a failure in a sentence; an unexpected one goes to the browser's console. */
function problemOf(error: unknown): string {
  if (error instanceof ClientError) return error.message;
  console.error(error);
  return words.wentWrong;
}
