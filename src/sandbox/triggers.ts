/** What becomes of a POST before it is accepted. `attempts` counts the refusals of one client request id. */
interface Refusal {
  status: number;
  message: string;
  attempts: number;
  retryAfterSeconds?: number;
}

/** What goes wrong with the file of the clip. */
type FileFault = 'cut short' | 'broken off' | 'a page' | 'missing' | 'padded' | 'moved' | 'first address expired';

/** What happens instead of a clip after some seconds. Everything that is left out stays as usual. */
export interface Behaviour {
  refusal?: Refusal;
  /** How the answer to an accepted POST goes wrong; `lost` is not accepted. */
  answer?: 'lost' | 'reset' | 'silent' | 'gateway time-out' | 'no id' | 'a page';
  /** Until the end, at speed 1, in ms. */
  durationMs?: number;
  /** Ends in the state `error` with this in the field `error`. */
  failure?: { name: string; message: string } | null;
  /** The state's name until the end. */
  unfinishedState?: string;
  /** Polls that are told `completed` without an address. */
  pollsWithoutUrl?: number;
  /** Every so many polls one is answered 502. */
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

const refused = (status: number, message: string, attempts: number, retryAfterSeconds?: number): Behaviour => ({
  refusal: { status, message, attempts, ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }) },
});

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
    effect: 'The first POST of a client request id is answered 429 with `Retry-After: 1`, the next is accepted.',
    behaviour: refused(429, 'Too many requests, try again later.', 1, 1),
  },
  {
    word: '[400]',
    effect: 'Every POST is answered 400.',
    behaviour: refused(400, 'The prompt asks the sandbox for a refusal.', always),
  },
  {
    word: '[401]',
    effect: 'Every POST is answered 401.',
    behaviour: refused(401, 'Invalid API key provided.', always),
  },
  {
    word: '[403]',
    effect: 'Every POST is answered 403, as for an account without credit.',
    behaviour: refused(403, 'You have run out of credits. Please top up your balance.', always),
  },
  {
    word: '[500]',
    effect: 'Every POST is answered 500; nothing is accepted.',
    behaviour: refused(500, 'Internal server error', always),
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
    word: '[flaky]',
    effect: 'Every second poll is answered 502.',
    behaviour: { failingPoll: 2 },
  },
  {
    word: '[unknown-state]',
    effect: 'Is in a state that nobody has documented until it is completed.',
    behaviour: { unfinishedState: 'post-processing' },
  },
  {
    word: '[no-url]',
    effect: 'Is `completed` without an address of the file for two polls, then with it.',
    behaviour: { pollsWithoutUrl: 2 },
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

/** What a prompt asks for by its triggers; of two that contradict each other the later one in the table counts. */
export function behaviourOf(prompt: string): Behaviour {
  const text = prompt.toLowerCase();
  return Object.assign({}, ...TRIGGERS.filter(({ word }) => text.includes(word)).map(({ behaviour }) => behaviour));
}
