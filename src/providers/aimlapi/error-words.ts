/** The longest text of the API that is passed on, in characters. */
const MAX_LENGTH = 300;

/** The API's words for an error. Their many shapes are taken apart in this file and nowhere else. */
export interface ErrorWords {
  /** Class, code or type: `OutputVideoSensitiveContentDetected`, `face_detection_error`. */
  name: string;
  /** In the API's own words, of any length; '' when nothing was said. */
  message: string;
}

/** How deep the words may be wrapped: `{error: {message: …}}`, lists of issues inside. */
const MAX_DEPTH = 5;
const MESSAGES = ['message', 'msg', 'detail', 'error', 'title', 'reason', 'description', 'error_description'] as const;
const NAMES = ['name', 'code', 'type', 'error_code', 'errorCode'] as const;
const LISTS = ['meta', 'errors', 'issues'] as const;

/**
 * Reads an error in any of the shapes that were documented or seen: `{name, message}`, `{code, message}`,
 * `{detail: [{loc, msg, type}]}`, `{detail: "…"}`, `{errors: […]}`, `{title, status, message, error: {…}}`, a text, or
 * any of these inside `error`.
 */
export function errorWords(value: unknown): ErrorWords {
  return { name: namesIn(value, 0).join(' '), message: messageIn(value, 0) };
}

function namesIn(value: unknown, depth: number): string[] {
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return [];
  if (Array.isArray(value)) return value.slice(0, 10).flatMap((entry) => namesIn(entry, depth + 1));
  const fields = value as Record<string, unknown>;
  const own = NAMES.map((name) => fields[name]).filter((name) => typeof name === 'string');
  const inner = ['error', 'detail', ...LISTS].flatMap((name) => namesIn(fields[name], depth + 1));
  return [...new Set([...own, ...inner])];
}

function messageIn(value: unknown, depth: number): string {
  if (typeof value === 'string') return depth > 0 || !value.startsWith('<') ? value : '';
  if (typeof value !== 'object' || value === null || depth > MAX_DEPTH) return '';
  if (Array.isArray(value)) {
    return value
      .map((entry) => issueIn(entry, depth + 1))
      .filter(Boolean)
      .join('; ');
  }
  const fields = value as Record<string, unknown>;
  const message = firstOf(
    MESSAGES.map((name) => fields[name]),
    depth,
  );
  const issues = firstOf(LISTS.map((name) => fields[name]).filter(Array.isArray), depth);
  return message && issues ? `${message} (${issues})` : message || issues;
}

function firstOf(values: readonly unknown[], depth: number): string {
  for (const value of values) {
    const words = messageIn(value, depth + 1);
    if (words) return words;
  }
  return '';
}

/** One of several things that are wrong, with the field that it is about. */
function issueIn(issue: unknown, depth: number): string {
  const words = messageIn(issue, depth);
  if (!words || typeof issue !== 'object' || issue === null) return words;
  const { path, loc } = issue as { path?: unknown; loc?: unknown };
  const place = path ?? loc;
  const where = Array.isArray(place) ? place.join('.') : typeof place === 'string' ? place : '';
  return where ? `${where}: ${words}` : words;
}

/** Words that only a refusal of content has, in a code as well as in a sentence. */
const REFUSED = new RegExp(
  [
    String.raw`\bsensitive\b`,
    String.raw`\bmoderat(?:ion|ed|or)\b`,
    String.raw`\bcontent (?:polic(?:y|ies)|filter(?:ed|ing)?|check|violation|safety|refused|rejected|blocked)\b`,
    String.raw`\b(?:polic(?:y|ies)|safety|privacy) violations?\b`,
    String.raw`\b(?:usage|safety|acceptable use) polic(?:y|ies)\b`,
    String.raw`\bviolat(?:e|es|ed|ing|ion)\b.{0,60}\b(?:polic(?:y|ies)|guidelines?|terms|rules|law)\b`,
    String.raw`\bsafety (?:system|filter|check|checker|guidelines?)\b`,
    String.raw`\bcopyright(?:ed)?\b`,
    String.raw`\bintellectual property\b`,
    String.raw`\btrademark(?:ed|s)?\b`,
    String.raw`\breal (?:person|people|human|persons|humans)\b`,
    String.raw`\b(?:public figures?|celebrit(?:y|ies)|deepfakes?)\b`,
    String.raw`\bfaces?\b`,
    String.raw`\bprivacy\b`,
    String.raw`\brisk\b`,
    String.raw`\b(?:nsfw|nudity|porn\w*|sexual(?:ly)?|explicit content|violence|violent|gore)\b`,
    String.raw`\b(?:inappropriate|prohibited|offensive|harmful|unsafe|illegal) (?:content|prompt|input|output|material|text|video)\b`,
    String.raw`\b(?:content|prompt|text)\b.{0,40}\b(?:inappropriate|prohibited|offensive|harmful|unsafe|illegal|flagged|blocked)\b`,
    String.raw`\b(?:forbidden|banned|blocked) (?:words?|terms?|content|prompt)\b`,
    String.raw`\b(?:community|content) guidelines\b`,
    String.raw`\b(?:infring\w+|adult content|likeness|underage|minors)\b`,
    String.raw`\b(?:content|prompt|text|audit)\b.{0,30}\b(?:did not pass|not pass(?:ed)?|failed)\b.{0,20}\b(?:review|audit|check)\b`,
    String.raw`\baudit (?:failed|rejected)\b`,
  ].join('|'),
  'i',
);

/** Whether an error says that it was the content that was refused. */
export function isContentRefused({ name, message }: ErrorWords): boolean {
  // An address is for reading up: `https://example.com/privacy` refuses nothing.
  const said = message.replace(/https?:\/\/\S+/g, ' ');
  return REFUSED.test(inWords(name)) || REFUSED.test(said) || REFUSED.test(inWords(said));
}

/** `OutputVideoSensitiveContentDetected.PolicyViolation` and `face_detection_error` as words; a message may be a code. */
function inWords(code: string): string {
  return code.replace(/([a-z\d])([A-Z])/g, '$1 $2').replace(/[_.\-/]+/g, ' ');
}

/**
 * One line that a person can read: without control characters and marks that turn the direction of text around, at
 * most 300 characters.
 */
export function plainText(text: string): string {
  const line = text
    .replace(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069]/gu, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  const characters = [...line];
  return characters.length > MAX_LENGTH ? `${characters.slice(0, MAX_LENGTH - 1).join('')}…` : line;
}

/** The shortest text that is hidden; anything shorter would only tear words apart. */
const MIN_HIDDEN_LENGTH = 3;
/** The shortest beginning of a text that is hidden where the whole is not there: errors quote in part. */
const MIN_QUOTED_LENGTH = 12;

/** Takes out of words what must not be repeated, or is not their own: a key, a prompt. */
export function hide(words: string, hidden: readonly string[]): string {
  let clean = words;
  for (const text of hidden) {
    if (text.length < MIN_HIDDEN_LENGTH) continue;
    for (const form of [text, JSON.stringify(text).slice(1, -1)]) {
      clean = clean.replaceAll(form, HIDDEN);
      clean = hideBeginnings(clean, form);
    }
  }
  return clean;
}

const HIDDEN = '[redacted]';

function hideBeginnings(words: string, text: string): string {
  const beginning = text.slice(0, MIN_QUOTED_LENGTH);
  if (beginning.length < MIN_QUOTED_LENGTH) return words;
  let clean = words;
  for (let at = clean.indexOf(beginning); at >= 0; at = clean.indexOf(beginning, at + HIDDEN.length)) {
    let end = at + beginning.length;
    while (end < clean.length && clean[end] === text[end - at]) end += 1;
    clean = clean.slice(0, at) + HIDDEN + clean.slice(end);
  }
  return clean;
}
