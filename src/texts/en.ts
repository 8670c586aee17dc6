import type { ErrorCode, ErrorParams } from '../errors.ts';
import { at } from './marks.ts';

const plural = (count: number, one: string, many: string) => `${count} ${count === 1 ? one : many}`;
const seconds = (ms: number) => {
  const total = Math.max(1, Math.round(ms / 1000));
  return total < 60 ? `${total} s` : `${Math.floor(total / 60)} min ${total % 60} s`;
};
const credits = (count: number) => plural(count, 'credit', 'credits');

/** One sentence or two for each way in which something can go wrong. */
const errors: { [C in ErrorCode]: (params: ErrorParams[C]) => string } = {
  prompt_empty: () => 'The prompt is empty. Say what the video shall show.',
  prompt_too_long: ({ length, max }) =>
    `The prompt has ${length} characters; the most is ${max}. Shorten it and try again.`,
  prompt_characters: ({ character, position }) =>
    `The prompt has an invisible control character (${character}, at character ${position}). Remove it and try again.`,
  model_unknown: ({ model, models }) => `There is no model “${model}”. Choose one of: ${models.join(', ')}.`,
  option_unknown: ({ option, options }) => `There is no option “${option}”. The options are: ${options.join(', ')}.`,
  option_unsupported: ({ option, model }) => `The model ${model} has no option “${option}”.`,
  option_value: ({ option, value, expected }) =>
    `“${value}” does not fit the option ${option}. It takes one of: ${expected}.`,
  queue_full: ({ running, waiting, max, roomAt }) =>
    `You have ${plural(running, 'video', 'videos')} being made and ${waiting} waiting; at most ${max} can wait. ` +
    (roomAt === null ? 'There is room as soon as one is done.' : `There should be room ${at(roomAt, 'relative')}.`),
  quota_exhausted: ({ cost, used, quota, resetsAt }) =>
    `This video costs ${credits(cost)}, and you have used ${used} of your ${quota}. ` +
    `Your credits come back ${at(resetsAt, 'relative')}.`,
  moderators_only: () => 'Only moderators may do this.',
  requester_only: () => 'Only the person who asked for this video may do this.',
  generation_unknown: () => 'This video is not known here any more.',
  cancel_too_late: ({ state }) =>
    state === 'cancelled'
      ? 'This video is cancelled already.'
      : state === 'submitting' || state === 'generating' || state === 'delivering'
        ? 'This video is being made already and can’t be stopped any more.'
        : 'This video is finished already.',
  prompt_forgotten: () => 'The prompt of this video has been removed, so it can’t be made again from here.',
  command_unknown: ({ command }) => `There is no command “${command}”.`,
  rejected: ({ hint }) => `The video service did not accept this request: ${hint}`,
  moderated: ({ hint }) =>
    `The video service refused this prompt by its content rules${hint ? `: ${hint}` : '.'} Change the prompt and try again.`,
  provider_failed: ({ hint }) => `The video service could not make this video${hint ? `: ${hint}` : '.'}`,
  operator_must_look: () =>
    'The video service does not accept this bot’s account at the moment. The operator must look at this.',
  provider_unavailable: () => 'The video service has been out of order for too long.',
  submission_lost: () =>
    'The connection broke while the video was being ordered, and the video service has no trace of it.',
  generation_lost: () => 'The video service does not know this video any more.',
  timed_out: ({ minutes }) => `The video was not ready after ${plural(minutes, 'minute', 'minutes')}.`,
  video_unusable: () => 'The video service delivered a file that is not a complete video.',
  undelivered: () => 'The video is ready, but it could not be put into this chat.',
  stopping: () => 'The bot is being restarted. Please try again in a minute.',
  internal: () => 'Something went wrong on our side. Nothing was charged; please try again.',
};

/** Everything that people read, in English. Every other language has the same shape. */
export const en = {
  errors,
  commands: {
    video: 'Make a video from a description',
  },
  options: {
    prompt: 'What the video shall show',
    model: 'Which model makes it',
    resolution: 'How sharp: the short side of the picture',
    aspect_ratio: 'The shape of the picture',
    duration: 'How long, in seconds',
    seed: 'The same seed and prompt give a similar video again',
    camera_fixed: 'Keep the camera still',
    watermark: 'Put the provider’s watermark on it',
  },
  /** A model in a list of choices. */
  modelChoice: (id: string, label: string, cost: number, duration: number) =>
    `${id}: ${label}, ${credits(cost)} for ${duration} s`,
  durationChoice: (value: number) => `${value} s`,
  buttons: {
    cancel: 'Cancel',
    again: 'Again',
    check: 'Check again',
    deliver: 'Deliver again',
  },
  cards: {
    queued: 'Waiting',
    queuedText: (position: number) => (position <= 1 ? 'Next in line.' : `Number ${position} in line.`),
    queuedNotBefore: (ms: number) => `You have started many lately; the next one starts ${at(ms, 'relative')}.`,
    providerBusy: 'The video service is busy; trying again by itself.',
    submitting: 'Ordering the video',
    submissionUnclear: 'No answer came to the order; looking whether it arrived.',
    generating: 'Making the video',
    delivering: 'Fetching the video',
    deliveringAgain: 'The chat did not take the video yet; trying again by itself.',
    delivered: 'Your video',
    tooLarge: (size: string, limit: string) =>
      `The file is ${size}, above this chat’s limit of ${limit}, so here is a link.`,
    linkExpires: (ms: number) => `The link works until ${at(ms, 'date')}.`,
    failed: 'No video this time',
    cancelled: 'Cancelled',
    timedOut: 'It takes too long',
    undelivered: 'Could not deliver',
    checkPending: 'Still not ready. Check again in a minute.',
    refused: 'That did not work',
    refund: (count: number) => `The ${credits(count)} went back to you.`,
    heldNote: (count: number) => `The ${credits(count)} stay set aside until it is delivered.`,
    restarting: 'The bot is being restarted; this goes on by itself in a moment.',
    dropped: (option: string, model: string) => `${model} does not take the option ${option} here, so it was left out.`,
    forgotten: '(removed)',
  },
  fields: {
    model: 'Model',
    options: 'Options',
    seed: 'Seed',
    took: 'Took',
    cost: 'Cost',
  },
  /** A value of an option in the row of options on a card; undefined leaves it out. */
  optionValue: (name: string, value: string | number | boolean): string | undefined =>
    ({
      duration: `${value} s`,
      camera_fixed: value ? 'fixed camera' : undefined,
      watermark: value ? 'watermark' : undefined,
      seed: undefined,
    })[name] ?? (typeof value === 'boolean' || name === 'seed' ? undefined : String(value)),
  took: seconds,
  credits,
  bytes: (count: number) => `${(count / 1024 / 1024).toFixed(1)} MB`,
  expected: (low: number, high: number) =>
    seconds(low) === seconds(high) ? `usually ${seconds(high)}` : `usually ${seconds(low)} to ${seconds(high)}`,
  elapsed: 'Running',
} as const;
