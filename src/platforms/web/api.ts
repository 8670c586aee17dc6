import { type Context, Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Command } from '../../../commands/command.ts';
import type { Clock } from '../../clock.ts';
import type { WebMessage, WebMessages } from '../../store/web-messages.ts';
import type { Texts } from '../../texts/texts.ts';
import { defineCommands } from './definitions.ts';
import type { Hub } from './hub.ts';
import type { Incoming } from './incoming.ts';
import { checkOptions } from './options.ts';
import { PEOPLE, type Person } from './people.ts';
import { maySee } from './visibility.ts';
import type { WireChannel, WireMessage } from './wire.ts';

/** How many messages a page shows. */
const SHOWN_MESSAGES = 200;

const as = z.string().transform((id, context) => {
  const person = PEOPLE.find((someone) => someone.id === id);
  if (person) return person;
  const ids = PEOPLE.map((someone) => someone.id).join(', ');
  context.addIssue({ code: 'custom', message: `expected one of ${ids}` });
  return z.NEVER;
});

const name = z.string().min(1).max(100);

const COMMAND = z.object({
  as,
  command: name,
  options: z.record(name, z.union([z.string(), z.number(), z.boolean()], 'expected a text, a number, true or false')),
});

const PRESS = z.object({ as, action: name, target: name, message: name });

/** The addresses under `/api/` that the page calls. */
export function createApi(parts: {
  messages: WebMessages;
  commands: readonly Command[];
  texts: Texts;
  clock: Clock;
  hub: Hub;
  incoming: Incoming;
  toWire: (message: WebMessage) => WireMessage;
}): Hono {
  const { messages, commands, texts, clock, hub, incoming, toWire } = parts;
  const routes = new Hono();

  routes.get('/api/channel', async (c) => {
    const person = readPerson(c);
    const channel: WireChannel = {
      now: clock.now(),
      people: [...PEOPLE],
      commands: defineCommands(commands, person, texts),
      ...(await listVisible(messages, person, toWire)),
    };
    return c.json(channel, 200, { 'cache-control': 'no-store' });
  });

  routes.get('/api/events', (c) => hub.stream(c, readPerson(c).id));

  routes.post('/api/commands', async (c) => {
    const { as: person, command, options } = check(COMMAND, await c.req.json());
    const known = commands.find((one) => one.name === command);
    const problem = known && checkOptions(known.options, options);
    if (problem) throw new HTTPException(400, { message: problem });
    const message = await incoming.command(person, command, options);
    return c.json({ message: toWire(message) }, 202);
  });

  routes.post('/api/buttons', async (c) => {
    const { as: person, action, target, message: id } = check(PRESS, await c.req.json());
    const message = await messages.find(id);
    if (!message || !maySee(message, person.id)) {
      throw new HTTPException(404, { message: 'This message is not there any more.' });
    }
    const opened = await incoming.press(person, action, target, message);
    return c.json(opened ? { message: toWire(opened) } : {}, 202);
  });

  return routes;
}

function readPerson(c: Context): Person {
  return check(z.object({ as }), { as: c.req.query('as') ?? '' }).as;
}

/** @throws {HTTPException} 400, naming each wrong field. */
function check<T>(schema: z.ZodType<T>, value: unknown): T {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map(({ path, message }) => [path.join('.'), message].filter(Boolean).join(': '));
  throw new HTTPException(400, { message: problems.join('; ') });
}

/** Private messages of others take up room among the latest, so it looks further back until there are enough. */
async function listVisible(
  messages: WebMessages,
  person: Person,
  toWire: (message: WebMessage) => WireMessage,
): Promise<Pick<WireChannel, 'messages' | 'complete'>> {
  for (let limit = SHOWN_MESSAGES + 1; ; limit *= 4) {
    const latest = await messages.listLatest(limit);
    const visible = latest.filter((message) => maySee(message, person.id));
    if (visible.length <= SHOWN_MESSAGES && latest.length === limit) continue;
    return {
      messages: visible.slice(-SHOWN_MESSAGES).map(toWire),
      complete: visible.length <= SHOWN_MESSAGES,
    };
  }
}
