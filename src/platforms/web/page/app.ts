import type { CardButton } from '../../../replies/card.ts';
import type { MessagePart, WireForm, WireMessage } from '../wire.ts';
import { Acting } from './acting.ts';
import { announce, Channel } from './channel.ts';
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
import { StatusLine } from './status.ts';
import { Ticker } from './ticker.ts';
import { welcomeElement } from './welcome.ts';

const DRAFT = 'dailies.draft';
/** Nobody says so when a message has passed its time, so the page looks now and then, in ms. */
const LOOK_AGAIN_MS = 10 * 60_000;

const status = new StatusLine(byId('status', HTMLElement));
const live = byId('live', HTMLElement);
const ticker = new Ticker();
let channel = new Channel();
let filled = false;

const acting = new Acting(byId('acting', HTMLElement), actAs);
let as = acting.remembered;

const composer = new Composer({
  form: byId('composer', HTMLFormElement),
  changed: (line) => sessionStorage.setItem(DRAFT, line),
  send: (command, options) =>
    attempt(async () => {
      const { message } = await sendCommand(as, command, options);
      showOwn(message);
    }),
  complete: async (command, option, options) => (await fetchChoices(as, command, option, options)).choices,
});

const list = new MessageList({
  scroller: byId('scroller', HTMLElement),
  list: byId('messages', HTMLElement),
  jump: byId('jump', HTMLElement),
  ticker,
  press: (button, message) => void press(button, message),
  act: ({ name }, message, part) => void act(name, message, part),
});

const welcome = welcomeElement((line) => {
  composer.fill(line);
  composer.focus();
});

let stopListening = connect();
setInterval(() => void refresh(as, false), LOOK_AGAIN_MS);

function connect(): () => void {
  const person = as;
  return listen(person, {
    ready: (again) => void refresh(person, again),
    message: (message) => show(message),
    removed: (id) => {
      channel.remove(id);
      list.remove(id);
    },
    lost: () => status.problem('Connection lost. Trying again…'),
  });
}

function actAs(id: string): void {
  stopListening();
  as = id;
  channel = new Channel();
  stopListening = connect();
}

/** Fetches everything, as one person sees it. @param again after a loss of the connection. */
async function refresh(person: string, again: boolean): Promise<void> {
  channel.expectAll();
  await attempt(async () => {
    const fetched = await fetchChannel(person);
    if (person !== as) return;
    const { now, people, commands, messages, complete } = fetched;
    ticker.follow(now);
    acting.show(people, as);
    composer.setCommands(commands);
    list.know(fetched);
    channel.setAll(messages);
    list.showAll(channel.messages, complete ? welcome : undefined);
    if (again) status.good('Connected again.');
    if (filled) return;
    filled = true;
    composer.fill(sessionStorage.getItem(DRAFT) ?? '');
    composer.focus();
  });
}

/** @param asNew what the server said first about a message; what has come by itself since then is newer. */
function show(message: WireMessage, { asNew = false } = {}): void {
  if (asNew && channel.messages.some(({ id }) => id === message.id)) return;
  const { before, index } = channel.put(message);
  list.show(message, channel.messages[index + 1]?.id);
  const words = announce(before, message, list.nameOf(message.member), ticker.now());
  if (words) live.textContent = words;
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

/** A failure in a sentence; what nobody foresaw goes to the browser's console. */
function problemOf(error: unknown): string {
  if (error instanceof ClientError) return error.message;
  console.error(error);
  return 'Something went wrong on this page. Please reload it.';
}
