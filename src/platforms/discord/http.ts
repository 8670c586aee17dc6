import { type APIInteraction, InteractionResponseType, InteractionType } from 'discord.js';
import { Hono } from 'hono';
import { HTTPException } from 'hono/http-exception';
import { z } from 'zod';
import type { Clock } from '../../lib/clock.ts';
import type { Log } from '../../lib/log.ts';
import { Recent } from '../shared/recent.ts';
import { loggable } from './errors.ts';
import { SignatureCheck } from './signature.ts';

/** Where Discord sends interactions; the operator enters it in the portal, after `PUBLIC_URL`. */
export const INTERACTIONS_PATH = '/discord/interactions';

/** The largest interaction: one that carries a long message, its members and its attachments stays well below. */
export const INTERACTION_LIMIT_BYTES = 256 * 1024;

/** How old a request may be, and how far ahead of ours Discord's clock may be. */
const OLDEST_MS = 5 * 60_000;
const NEWEST_MS = 60_000;

/** A signed request is accepted for at most `OLDEST_MS + NEWEST_MS`; its id is remembered for longer than that. */
const REMEMBERED_MS = 10 * 60_000;

/** The most ids remembered; about ten megabytes. */
const MOST_REMEMBERED = 100_000;

const INTERACTION = z.looseObject({
  id: z.string().regex(/^\d{1,20}$/),
  application_id: z.string().min(1),
  token: z.string().min(1),
  type: z.int().positive(),
});

/**
 * Interactions by HTTP, in place of the gateway. Each gets an empty 202 at once and is passed on; the member's reply
 * goes the same way as for the gateway, through the callback endpoint.
 * @param options `publicKey` as in `DISCORD_PUBLIC_KEY`; `onInteraction` is called once for each interaction.
 * @returns the route, to be mounted at the root of the HTTP server.
 * @throws {RangeError} when `publicKey` is not valid.
 */
export function createInteractionEntry(options: {
  publicKey: string;
  clock: Clock;
  log: Log;
  onInteraction: (interaction: APIInteraction) => void;
}): Hono {
  const { clock, log, onInteraction } = options;
  const check = new SignatureCheck(options.publicKey);
  const seen = new Recent(clock, REMEMBERED_MS, MOST_REMEMBERED);
  const routes = new Hono();

  // The server has limited the body by now. A second limiter could not read one that came in chunks.
  routes.post(INTERACTIONS_PATH, async (c) => {
    const timestamp = c.req.header('x-signature-timestamp') ?? '';
    const signature = c.req.header('x-signature-ed25519') ?? '';
    const body = new Uint8Array(await c.req.arrayBuffer());
    if (body.length > INTERACTION_LIMIT_BYTES) {
      throw new HTTPException(413, { message: `The most is ${INTERACTION_LIMIT_BYTES} bytes.` });
    }
    if (!isRecent(timestamp, clock.now()) || !check.accepts({ timestamp, signature, body })) {
      // Discord sends forged requests on purpose, now and then, and takes the address away if they are accepted.
      log.debug('an interaction without a valid signature was refused');
      throw new HTTPException(401, { message: 'The signature is missing, wrong or too old.' });
    }
    const interaction = readInteraction(body);
    if (interaction.type === InteractionType.Ping) return c.json({ type: InteractionResponseType.Pong });
    if (seen.isNew(interaction.id)) {
      try {
        onInteraction(interaction);
      } catch (error) {
        log.error({ interaction: interaction.id, ...loggable(error) }, 'an interaction could not be handed over');
      }
    }
    return c.body(null, 202);
  });
  return routes;
}

/** @param timestamp Unix seconds, as in the header. */
function isRecent(timestamp: string, now: number): boolean {
  if (!/^\d{1,12}$/.test(timestamp)) return false;
  const age = now - Number(timestamp) * 1000;
  return age <= OLDEST_MS && age >= -NEWEST_MS;
}

/** @throws {HTTPException} 400 when the body is no interaction. */
function readInteraction(body: Uint8Array): APIInteraction {
  const parsed = INTERACTION.safeParse(parseJson(body));
  if (parsed.success) return parsed.data as unknown as APIInteraction;
  const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
  throw new HTTPException(400, { message: `Expected an interaction; missing or wrong: ${fields || 'all of it'}.` });
}

function parseJson(body: Uint8Array): unknown {
  try {
    return JSON.parse(Buffer.from(body).toString('utf8'));
  } catch (error) {
    throw new HTTPException(400, { message: 'The body is not JSON.', cause: error });
  }
}
