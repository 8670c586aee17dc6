import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { ReplyError, type ReplyErrorKind } from '../../domain/reply.ts';

/**
 * Discord's error codes after which a reply is out of reach for good (Discord documentation, "JSON Error Codes"):
 * unknown channel, guild, message, user and webhook; missing access and permissions; a person who takes no direct
 * messages, or shares no server with the bot; a channel that holds no messages; a token that is no longer valid.
 */
const GONE_CODES: ReadonlySet<number | string> = new Set([
  10003, 10004, 10008, 10013, 10015, 50001, 50007, 50008, 50013, 50027, 50278,
]);

/** Unknown webhook, invalid webhook token: the interaction's token has come to its end. */
const DEAD_TOKEN_CODES: ReadonlySet<number | string> = new Set([10015, 50027]);

const TOO_LARGE_CODE = 40005;
const ALREADY_ACKNOWLEDGED_CODE = 40060;

/** Whether Discord refused an interaction's token, so that the bot's own token may still help. */
export function isDeadToken(error: unknown): boolean {
  return error instanceof DiscordAPIError && DEAD_TOKEN_CODES.has(error.code);
}

/** Whether Discord refused a file as too large. */
export function isTooLarge(error: unknown): boolean {
  return error instanceof DiscordAPIError && (error.code === TOO_LARGE_CODE || error.status === 413);
}

/** Whether an interaction has been acknowledged before. */
export function isAlreadyAcknowledged(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.code === ALREADY_ACKNOWLEDGED_CODE;
}

/** Whether trying again is pointless, because the reply can no longer be reached. */
export function isGone(error: unknown): boolean {
  return error instanceof DiscordAPIError || error instanceof ReplyError ? toReplyError(error).kind === 'gone' : false;
}

/** Whether Discord does not accept the bot's token. */
export function isUnauthorised(error: unknown): boolean {
  return error instanceof DiscordAPIError && error.status === 401;
}

/**
 * Any error of Discord's REST client as a `ReplyError`. The error itself is not kept as its cause: it carries the
 * address of the request, which holds an interaction's token.
 */
export function toReplyError(error: unknown): ReplyError {
  if (error instanceof ReplyError) return error;
  if (error instanceof RateLimitError) {
    return new ReplyError('busy', `rate limited by Discord (${error.scope})`, { retryAfterMs: error.retryAfter });
  }
  if (error instanceof DiscordAPIError) {
    return new ReplyError(kindOf(error), `Discord answered ${error.status}, code ${error.code}: ${error.message}`);
  }
  if (error instanceof HTTPError) return new ReplyError('unavailable', `Discord answered ${error.status}`);
  return new ReplyError('unavailable', `no answer from Discord (${reasonOf(error)})`);
}

/** An error as it may be logged: those of the REST client without the addresses they carry. */
export function loggable(error: unknown): { reason: string } | { err: unknown } {
  const known = [ReplyError, RateLimitError, DiscordAPIError, HTTPError].some((kind) => error instanceof kind);
  return known ? { reason: toReplyError(error).message } : { err: error };
}

function kindOf(error: DiscordAPIError): ReplyErrorKind {
  if (GONE_CODES.has(error.code) || error.status === 404) return 'gone';
  return error.status >= 500 ? 'unavailable' : 'invalid';
}

/** A network error's short name, such as ECONNREFUSED; never its message, which may hold an address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
