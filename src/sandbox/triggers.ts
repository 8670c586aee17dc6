import { BAD_KEY, NO_CREDIT } from './account.ts';
import type { ErrorShape } from './refusal-bodies.ts';

/** Refusal of a POST before it is accepted. `attempts` counts the refusals of one client request id. */
interface RefusedPost {
  status: number;
  message: string;
  attempts: number;
  /** The header `Retry-After`. @param at the API's time in ms. */
  retryAfter?: (at: number) => string;
}

/** Faults in a clip's file. */
type FileFault = 'cut short' | 'broken off' | 'a page' | 'missing' | 'padded' | 'moved' | 'first address expired';

/** How the answer to an accepted POST goes wrong; `lost` is not accepted. */
type AnswerFault =
  | 'lost'
  | 'reset'
  | 'silent'
  | 'gateway time-out'
  | 'no id'
  | 'a page'
  | 'proxy 503'
  | 'proxy 429'
  | 'stranger 503';

/** Where the answer to a poll has the address of the video. The first is the documented one. */
export type VideoPlace =
  | 'video'
  | 'array'
  | 'string'
  | 'video_url'
  | 'output'
  | 'output array'
  | 'output string'
  | 'content';

/** Deviations from the usual clip after some seconds. Omitted fields keep the usual behaviour. */
export interface Behaviour {
  refusal?: RefusedPost;
  answer?: AnswerFault;
  /** The body of refusals. */
  errorShape?: ErrorShape;
  /** Until the end, at speed 1, in ms. */
  durationMs?: number;
  /** Ends in a failed state with this in the field `error`. */
  failure?: unknown;
  /** The names of the states. @default as documented: queued, generating, completed, error */
  queuedState?: string;
  workingState?: string;
  doneState?: string;
  failedState?: string;
  /** The states are in capitals. */
  upperCase?: boolean;
  videoPlace?: VideoPlace;
  /** Polls that are told that it is done, but no address. */
  pollsWithoutUrl?: number;
  /** Answers every nth poll with 502. */
  failingPoll?: number;
  file?: FileFault;
}

/** A word in square brackets that a prompt may hold, and what it does. */
export interface Trigger {
  word: string;
  /** One sentence for the documentation. */
  effect: string;
  behaviour: Behaviour;
}

const always = Number.POSITIVE_INFINITY;

const refused = (
  status: number,
  message: string,
  attempts: number,
  retryAfter?: RefusedPost['retryAfter'],
): Behaviour => ({
  refusal: { status, message, attempts, ...(retryAfter ? { retryAfter } : {}) },
});

const BUSY = 'Too Many Requests';

/** ModelArk's names for the states. */
const MODELARK: Behaviour = { workingState: 'running', doneState: 'succeeded', failedState: 'failed' };

const failure = (value: unknown): Behaviour => ({ failure: value });

/** All triggers, in the order of the documentation; several can be in one prompt. */
export const TRIGGERS: readonly Trigger[] = [
  {
    word: '[error]',
    effect: 'Ends in the state `error`.',
    behaviour: { failure: { name: 'GenerationError', message: 'The generation failed inside the sandbox.' } },
  },
  {
    word: '[moderated]',
    effect: 'Ends in the state `error` because of its content.',
    behaviour: {
      failure: {
        name: 'OutputVideoSensitiveContentDetected',
        message: 'The output video may contain sensitive information.',
      },
    },
  },
  {
    word: '[error-null]',
    effect: 'Ends in the state `error`, and `error` is null.',
    behaviour: { failure: null },
  },
  { word: '[slow]', effect: 'Takes about 60 seconds at speed 1.', behaviour: { durationMs: 60_000 } },
  { word: '[stuck]', effect: 'Never ends.', behaviour: { durationMs: always } },
  {
    word: '[429]',
    effect: 'The first POST of a client request id is answered 429, the next is accepted.',
    behaviour: refused(429, BUSY, 1),
  },
  {
    word: '[429-2s]',
    effect: 'As `[429]`, with `Retry-After: 2`.',
    behaviour: refused(429, BUSY, 1, () => '2'),
  },
  {
    word: '[429-date]',
    effect: 'As `[429]`; `Retry-After` is a date 2 seconds ahead.',
    behaviour: refused(429, BUSY, 1, (at) => new Date(at + 2000).toUTCString()),
  },
  {
    word: '[429-nonsense]',
    effect: 'As `[429]`; `Retry-After` can’t be read.',
    behaviour: refused(429, BUSY, 1, () => 'soon'),
  },
  {
    word: '[400]',
    effect: 'Every POST is answered 400.',
    behaviour: refused(400, 'The prompt asks the sandbox for a refusal.', always),
  },
  {
    word: '[401]',
    effect: 'Every POST is answered 401.',
    behaviour: refused(401, BAD_KEY, always),
  },
  {
    word: '[402]',
    effect: 'Every POST is answered 402, as for an account without credit.',
    behaviour: refused(402, NO_CREDIT, always),
  },
  {
    word: '[403]',
    effect: 'Every POST is answered 403, as for an account without credit.',
    behaviour: refused(403, NO_CREDIT, always),
  },
  {
    word: '[withdrawn]',
    effect: 'Every POST is answered 404, as for a withdrawn model, though the model is listed.',
    behaviour: refused(404, 'This model is not available any more.', always),
  },
  {
    word: '[real-person]',
    effect: 'Every POST is answered 400, as the content shows a real person.',
    behaviour: refused(400, 'The request failed because the input image may contain real person.', always),
  },
  {
    word: '[copyright]',
    effect: 'Every POST is answered 400, as the content may be protected by copyright.',
    behaviour: refused(
      400,
      'The request failed because the input text may be related to copyright restrictions.',
      always,
    ),
  },
  {
    word: '[500]',
    effect: 'Every POST is answered 500; nothing is accepted.',
    behaviour: refused(500, 'Internal server error', always),
  },
  {
    word: '[500-once]',
    effect: 'The first POST of a client request id is answered 500, the next is accepted.',
    behaviour: refused(500, 'Internal server error', 1),
  },
  {
    word: '[503]',
    effect: 'The first POST of a client request id is answered 503, the next is accepted.',
    behaviour: refused(503, 'Service unavailable', 1),
  },
  {
    word: '[504]',
    effect: 'The POST is accepted, but answered 504.',
    behaviour: { answer: 'gateway time-out' },
  },
  {
    word: '[reset]',
    effect: 'The POST is accepted, then the connection is destroyed without an answer.',
    behaviour: { answer: 'reset' },
  },
  {
    word: '[lost]',
    effect: 'The connection is destroyed without an answer; nothing is accepted.',
    behaviour: { answer: 'lost' },
  },
  {
    word: '[silent]',
    effect: 'The POST is accepted, but never answered.',
    behaviour: { answer: 'silent' },
  },
  { word: '[no-id]', effect: 'The POST is accepted; the answer has no id.', behaviour: { answer: 'no id' } },
  {
    word: '[garbage]',
    effect: 'The POST is accepted; the answer is an HTML page.',
    behaviour: { answer: 'a page' },
  },
  {
    word: '[503-proxy]',
    effect: 'The POST is accepted, but a gateway answers 503 in plain text.',
    behaviour: { answer: 'proxy 503' },
  },
  {
    word: '[429-proxy]',
    effect: 'The POST is accepted, but a gateway answers 429 with an HTML page.',
    behaviour: { answer: 'proxy 429' },
  },
  {
    word: '[stranger-json]',
    effect: 'The POST is accepted, but a gateway answers 503 with JSON of its own.',
    behaviour: { answer: 'stranger 503' },
  },
  {
    word: '[problem]',
    effect: 'Refusals have the body seen live (`application/problem+json`), not the documented one.',
    behaviour: { errorShape: 'problem' },
  },
  {
    word: '[flaky]',
    effect: 'Every second poll is answered 502.',
    behaviour: { failingPoll: 2 },
  },
  {
    word: '[unknown-state]',
    effect: 'Is in a state that nobody has documented until it is completed.',
    behaviour: { queuedState: 'post-processing', workingState: 'post-processing' },
  },
  {
    word: '[no-url]',
    effect: 'Is `completed` without an address of the file for two polls, then with it.',
    behaviour: { pollsWithoutUrl: 2 },
  },
  {
    word: '[no-video]',
    effect: 'Is `completed`, and never has an address of the file.',
    behaviour: { pollsWithoutUrl: always },
  },
  {
    word: '[succeeded]',
    effect: 'Ends in the state `succeeded`, not `completed`.',
    behaviour: { doneState: 'succeeded' },
  },
  { word: '[upper-case]', effect: 'All states are in capitals.', behaviour: { upperCase: true } },
  {
    word: '[modelark]',
    effect: 'Has ModelArk’s states: `queued`, `running`, then `succeeded`.',
    behaviour: MODELARK,
  },
  {
    word: '[failed]',
    effect: 'Ends in ModelArk’s state `failed`; the error has a code.',
    behaviour: {
      ...MODELARK,
      failure: { code: 'InternalServiceError', message: 'The service encountered an unexpected internal error.' },
    },
  },
  {
    word: '[sensitive]',
    effect: 'Ends in ModelArk’s state `failed` because of its content.',
    behaviour: {
      ...MODELARK,
      failure: {
        code: 'OutputVideoSensitiveContentDetected.PolicyViolation',
        message: 'The request failed because the output video may contain sensitive information.',
      },
    },
  },
  {
    word: '[cancelled]',
    effect: 'Ends in ModelArk’s state `cancelled`; `error` is null.',
    behaviour: { ...MODELARK, failedState: 'cancelled', failure: null },
  },
  {
    word: '[task-expired]',
    effect: 'Ends in ModelArk’s state `expired`; `error` is null.',
    behaviour: { ...MODELARK, failedState: 'expired', failure: null },
  },
  {
    word: '[face]',
    effect: 'Ends in the state `error`; the error is a `detail` of the type `face_detection_error`.',
    behaviour: failure({
      detail: [{ loc: ['body', 'image_url'], msg: 'Could not detect face in the image', type: 'face_detection_error' }],
    }),
  },
  {
    word: '[detail-list]',
    effect: 'Ends in the state `error`; the error is a list `detail`.',
    behaviour: failure({
      detail: [{ loc: ['body', 'duration'], msg: 'Input should be 5 or 10', type: 'literal_error' }],
    }),
  },
  {
    word: '[detail-text]',
    effect: 'Ends in the state `error`; the error is a text `detail`.',
    behaviour: failure({ detail: 'The generation failed at the provider.' }),
  },
  {
    word: '[errors-list]',
    effect: 'Ends in the state `error`; the error is a list `errors`.',
    behaviour: failure({ errors: [{ message: 'The generation failed at the provider.' }] }),
  },
  {
    word: '[error-text]',
    effect: 'Ends in the state `error`; the error is a text.',
    behaviour: failure('The generation failed at the provider.'),
  },
  { word: '[video-array]', effect: '`video` is a list with one video.', behaviour: { videoPlace: 'array' } },
  { word: '[video-string]', effect: '`video` is the address.', behaviour: { videoPlace: 'string' } },
  {
    word: '[video-url]',
    effect: 'The address is in `video_url`; there is no `video`.',
    behaviour: { videoPlace: 'video_url' },
  },
  {
    word: '[output]',
    effect: 'The video is the object `output`; there is no `video`.',
    behaviour: { videoPlace: 'output' },
  },
  {
    word: '[output-array]',
    effect: 'The video is in the list `output`; there is no `video`.',
    behaviour: { videoPlace: 'output array' },
  },
  {
    word: '[output-string]',
    effect: 'The address is the text `output`; there is no `video`.',
    behaviour: { videoPlace: 'output string' },
  },
  {
    word: '[content-url]',
    effect: 'The address is in `content.video_url`, as at ModelArk; there is no `video`.',
    behaviour: { videoPlace: 'content' },
  },
  { word: '[truncated]', effect: 'The file is an MP4 that was cut short.', behaviour: { file: 'cut short' } },
  {
    word: '[cut]',
    effect: 'The connection breaks off in the middle of the file.',
    behaviour: { file: 'broken off' },
  },
  { word: '[html]', effect: 'The file is an HTML page with status 200.', behaviour: { file: 'a page' } },
  { word: '[404file]', effect: 'The file is answered 404.', behaviour: { file: 'missing' } },
  { word: '[redirect]', effect: 'The file’s address redirects to the file.', behaviour: { file: 'moved' } },
  {
    word: '[expired]',
    effect: 'The first address of the file is answered 403; the address from a later poll works.',
    behaviour: { file: 'first address expired' },
  },
  { word: '[large]', effect: 'The file has more than 10 MiB.', behaviour: { file: 'padded' } },
];

/** Behaviour that a prompt's triggers ask for; when two conflict, the later one in the table wins. */
export function behaviourOf(prompt: string): Behaviour {
  // Most prompts have none, and the log of requests asks for thousands at once.
  if (!prompt.includes('[')) return {};
  const text = prompt.toLowerCase();
  return Object.assign({}, ...TRIGGERS.filter(({ word }) => text.includes(word)).map(({ behaviour }) => behaviour));
}
