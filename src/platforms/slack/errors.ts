import { WebAPIHTTPError, WebAPIPlatformError, WebAPIRateLimitedError, WebAPIRequestError } from '@slack/web-api';
import { ReplyError, type ReplyErrorKind } from '../../domain/reply.ts';

/** The app is not among those who may write there; joining or a direct message may help. */
const OUTSIDE = ['not_in_channel', 'channel_not_found', 'team_access_not_granted', 'mpim_not_supported'];
/** The place takes no messages from the app; only another place helps. */
const CLOSED = [
  'is_archived',
  'restricted_action',
  'restricted_action_read_only_channel',
  'restricted_action_thread_only_channel',
  'restricted_action_thread_locked',
  'restricted_action_non_threadable_channel',
  'posting_to_channel_denied',
  'messages_tab_disabled',
  'thread_not_found',
  'cannot_reply_to_message',
];
/** The message is not there any more, or not ours to change. */
const LOST = [
  'message_not_found',
  'cant_update_message',
  'cant_delete_message',
  'edit_window_closed',
  'thread_not_found',
];
/** The workspace does not know the app any more. */
const DISCONNECTED = [
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'org_login_required',
  'team_not_found',
  'app_uninstalled',
];
/** The person can't be written to. */
const UNREACHABLE = ['user_disabled', 'user_not_found', 'user_not_visible', 'cannot_dm_bot', 'users_not_found'];
/** Slack is out of order. */
const TROUBLE = ['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout', 'team_added_to_org'];
/** A file was not taken, whatever is tried. */
const FILE_REFUSED = [
  'file_upload_size_restricted',
  'file_uploads_disabled',
  'file_uploads_except_images_disabled',
  'file_type_not_allowed',
  'storage_limit_reached',
  'file_too_large',
  'file_upload_size_mismatch',
  'malware_detected',
  'posting_to_general_channel_denied',
  'missing_scope',
];

const GONE: ReadonlySet<string> = new Set([...OUTSIDE, ...CLOSED, ...LOST, ...DISCONNECTED, ...UNREACHABLE]);

/** Slack's error code for a refusal; undefined if the error is not a refusal by Slack. */
export function refusalOf(error: unknown): string | undefined {
  return error instanceof WebAPIPlatformError ? error.data.error : undefined;
}

const is = (words: readonly string[]) => (error: unknown) => words.includes(refusalOf(error) ?? '');

/** Whether the app is outside of a channel that it might join. */
export const isOutside = is(OUTSIDE);
/** Whether a channel takes no messages from the app. */
export const isClosed = is(CLOSED);
/** Whether the workspace has withdrawn the app's token. */
export const isDisconnected = is(DISCONNECTED);
/** Whether a message is gone. */
export const isLost = is(LOST);
/** Whether Slack does not take this file at all. */
export const isFileRefused = is(FILE_REFUSED);

/**
 * Turns any error of Slack's client into a `ReplyError`, without keeping it as the cause: it may carry sent data.
 */
export function toReplyError(error: unknown): ReplyError {
  if (error instanceof ReplyError) return error;
  if (error instanceof WebAPIRateLimitedError) {
    return new ReplyError('busy', 'rate limited by Slack', { retryAfterMs: error.retryAfter * 1000 });
  }
  if (error instanceof WebAPIHTTPError) return new ReplyError('unavailable', `Slack answered ${error.statusCode}`);
  if (error instanceof WebAPIPlatformError)
    return new ReplyError(kindOf(error.data.error), `Slack: ${error.data.error}`);
  if (error instanceof WebAPIRequestError) {
    return new ReplyError('unavailable', `no answer from Slack (${reasonOf(error.original)})`);
  }
  return new ReplyError('unavailable', `no answer from Slack (${reasonOf(error)})`);
}

function kindOf(word: string): ReplyErrorKind {
  if (GONE.has(word)) return 'gone';
  if (word === 'ratelimited' || word === 'rate_limited') return 'busy';
  return TROUBLE.includes(word) ? 'unavailable' : 'invalid';
}

/** An error in a form safe to log: errors of Slack's client without the data sent. */
export function loggable(error: unknown): { reason: string } | { err: unknown } {
  const known = [ReplyError, WebAPIPlatformError, WebAPIRequestError, WebAPIHTTPError, WebAPIRateLimitedError];
  return known.some((kind) => error instanceof kind) ? { reason: toReplyError(error).message } : { err: error };
}

/** A network error's short name, such as ECONNREFUSED; never its message, which may hold an address. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown';
  const cause = error.cause;
  if (cause instanceof Error && 'code' in cause && typeof cause.code === 'string') return cause.code;
  return 'code' in error && typeof error.code === 'string' ? error.code : error.name;
}
