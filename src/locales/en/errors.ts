import type { ErrorCode, ErrorParams, RuleName } from '../../domain/failure.ts';
import { at, mention } from '../../domain/marks.ts';
import { sentence, whyTooLate, writeExpected } from '../wording.ts';
import { count, credits, either, number, PER, whole } from './words.ts';

const RULES: Record<RuleName['scope'], (subject: string) => string> = {
  default: () => 'The limit for each member',
  everyone: () => 'The limit for each member here',
  role: (subject) => `The limit of ${mention('role', subject)}`,
  member: () => 'Your own limit',
  channel: () => 'The limit of this channel',
  community: () => 'The budget of this place',
};
const LOWER: typeof RULES = {
  default: () => 'the limit for each member',
  everyone: () => 'the limit for each member here',
  role: (subject) => `the limit of ${mention('role', subject)}`,
  member: () => 'your own limit',
  channel: () => 'the limit of this channel',
  community: () => 'the budget of this place',
};
const TOO_LATE = {
  cancelled: 'This video has already been cancelled.',
  running: 'This video is already being made and can’t be stopped any more.',
  finished: 'This video is already finished.',
};

/** Why an entry cannot be on a word list. */
const WORD_INVALID: { [R in ErrorParams['word_invalid']['reason']]: (word: string) => string } = {
  empty: (word) => `There is nothing in “${word}” to look for.`,
  long: () => 'That entry has too many characters; shorten it.',
  regex: (word) => `“${word}” is not a pattern that can be used here: it is not valid, or it would take too long.`,
  'matches everything': (word) => `“${word}” would match every prompt.`,
};

/** One sentence or two for each way in which something can go wrong, in English. */
export const enErrors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'The prompt is empty. Say what the video should show.',
  prompt_too_long: ({ length, max }) =>
    `The prompt is ${number(length)} characters long; the limit is ${number(max)}. Shorten it and try again.`,
  prompt_characters: ({ character, position }) =>
    `The prompt contains an invisible control character (${character}, at character ${number(position)}). Remove it and try again.`,
  model_unknown: ({ model, models }) => `There is no model “${model}”. Choose one of: ${models.join(', ')}.`,
  model_withdrawn: ({ model, successor }) =>
    `The model ${model} is no longer available.${successor === null ? '' : ` Use ${successor} instead.`}`,
  models_gone: () => 'No model is available at the moment. The bot’s owner needs to fix this.',
  option_unknown: ({ option, options, nearest }) =>
    `There is no option “${option}”.${nearest === null ? ` Options: ${options.join(', ')}.` : ` Did you mean “${nearest}”?`}`,
  option_unsupported: ({ option, model }) => `The model ${model} has no option “${option}”.`,
  option_value: ({ option, expected }) => `${option} must be ${writeExpected(expected, either, whole)}.`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `You have ${count(running, 'video', 'videos')} being made and ${number(waiting)} waiting; at most ${number(max)} can wait. ` +
    (roomAt === null
      ? 'There will be room as soon as one is done.'
      : `There should be room ${at(roomAt, 'relative')}.`),
  too_many_waiting: () =>
    'So many videos are waiting that no more are taken at the moment. Nothing was charged; please try again later.',
  quota_exhausted: ({ cost, used, quota, period, resetsAt, rule, granted }) =>
    `This video costs ${credits(cost)}. ${RULES[rule.scope](rule.subject)} is ${credits(quota)} ${PER[period]}, and you have used ${number(used)}` +
    `${granted > 0 ? `; ${credits(granted)} given to you on top ${granted === 1 ? 'is' : 'are'} not enough either` : ''}. ` +
    `You have ${number(Math.max(0, quota - used) + granted)} left` +
    `${quota > 0 ? `; more come ${at(resetsAt, 'relative')}, on ${at(resetsAt, 'date')}` : ''}.`,
  quota_forbidden: ({ rule }) => `You can’t make videos here: ${LOWER[rule.scope](rule.subject)} allows no credits.`,
  channel_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `This video costs ${credits(cost)}. This channel has ${credits(quota)} ${PER[period]}, and ${number(used)} of them are used. ` +
    `They come back ${at(resetsAt, 'relative')}, on ${at(resetsAt, 'date')}.`,
  budget_exhausted: ({ cost, used, quota, period, resetsAt }) =>
    `This video costs ${credits(cost)}. The budget of this place is ${credits(quota)} ${PER[period]}, and ${number(used)} of them are used. ` +
    `It is renewed ${at(resetsAt, 'relative')}, on ${at(resetsAt, 'date')}.`,
  paused: ({ reason }) => `The moderators have paused the making of videos${reason ? `: ${sentence(reason)}` : '.'}`,
  blocked: ({ reason, until }) =>
    `The moderators do not let you make videos here ${until === null ? 'any more' : `until ${at(until, 'date')}`}${reason ? `: ${sentence(reason)}` : '.'}`,
  channel_denied: () => 'The moderators do not allow videos in this channel. Try another one.',
  model_disabled: ({ model, models }) =>
    `The moderators have turned the model ${model} off here.${models.length > 0 ? ` You can use: ${models.join(', ')}.` : ''}`,
  private_denied: () => 'The moderators do not allow private replies here. Ask again without “private”.',
  draft_gone: () => 'This request has already been sent, or is too old. Type it again to make another video.',
  direct_denied: () => 'I make no videos in direct messages. Ask in a server or channel.',
  words_refused: () => 'The rules of this place forbid this prompt. Change it and try again.',
  moderators_only: () => 'Only moderators may do this.',
  word_invalid: ({ word, reason }) => WORD_INVALID[reason](word),
  requester_only: () => 'Only the person who asked for this video may do this.',
  generation_unknown: () => 'This video is not known here any more.',
  cancel_too_late: ({ state }) => TOO_LATE[whyTooLate(state)],
  remove_too_early: () => 'This video is not finished yet. Cancel it, or wait until it’s done.',
  video_forgotten: () => 'This video is no longer kept here.',
  prompt_forgotten: () => 'The prompt of this video has been removed, so it can’t be made again from here.',
  command_unknown: ({ command }) => `There is no command “${command}”.`,
  rejected: ({ hint }) => `The video service did not accept this request${hint ? `: ${sentence(hint)}` : '.'}`,
  moderated: ({ hint }) =>
    `The video service refused this prompt by its content rules${hint ? `: ${sentence(hint)}` : '.'} Change the prompt and try again.`,
  provider_failed: ({ hint }) => `The video service could not make this video${hint ? `: ${sentence(hint)}` : '.'}`,
  operator_must_look: () =>
    'The video service does not accept this bot’s account at the moment. The operator must look at this.',
  provider_unavailable: () => 'The video service has been out of order for too long.',
  submission_lost: () =>
    'The connection broke while the video was being ordered, and the video service has no trace of it.',
  generation_lost: () => 'The video service no longer knows this video.',
  video_missing: () => 'The video service says it’s done, but there is no video.',
  timed_out: ({ minutes }) => `The video was not ready after ${count(minutes, 'minute', 'minutes')}.`,
  video_unusable: () => 'The video service delivered a file that is not a complete video.',
  undelivered: () => 'The video is ready, but it could not be put into this chat.',
  stopping: () => 'The bot is being restarted. Please try again in a minute.',
  internal: () => 'Something went wrong on our side. Nothing was charged; please try again.',
};
