import type { CardButton } from '../../../replies/card.ts';
import type { WireMessage } from '../wire.ts';
import { Acting } from './acting.ts';
import { announce, Channel } from './channel.ts';
import { ClientError, fetchChannel, sendCommand, sendPress } from './client.ts';
import { Composer } from './composer.ts';
import { byId } from './dom.ts';
import { listen } from './events.ts';
import { MessageList } from './messages.ts';
import { StatusLine } from './status.ts';
import { Ticker } from './ticker.ts';
import { welcomeElement } from './welcome.ts';

const DRAFT = 'dailies.draft';

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
      show(message, { asNew: true });
      list.toEnd();
    }),
});

const list = new MessageList({
  scroller: byId('scroller', HTMLElement),
  list: byId('messages', HTMLElement),
  jump: byId('jump', HTMLElement),
  ticker,
  press: (button, message) => void press(button, message),
});

const welcome = welcomeElement((line) => {
  composer.fill(line);
  composer.focus();
});

let stopListening = connect();

function connect(): () => void {
  const person = as;
  return listen(person, {
    ready: (again) => void refresh(person, again),
    message: (message) => show(message),
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
    const { now, people, commands, messages, complete } = await fetchChannel(person);
    if (person !== as) return;
    ticker.follow(now);
    acting.show(people, as);
    composer.setCommands(commands);
    list.know(people, commands);
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
    const { message } = await sendPress(as, button, on);
    if (!message) return;
    show(message, { asNew: true });
    list.toEnd();
  });
}

/** Does something that may fail, and says so if it does. @returns whether it worked. */
async function attempt(work: () => Promise<void>): Promise<boolean> {
  try {
    status.clear();
    await work();
    return true;
  } catch (error) {
    status.problem(
      error instanceof ClientError ? error.message : 'Something went wrong on this page. Please reload it.',
    );
    if (!(error instanceof ClientError)) console.error(error);
    return false;
  }
}
