import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commands } from '../../commands/index.ts';
import { typesOf } from '../../scripts/messages.ts';
import { MODELS } from '../../src/domain/models.ts';
import { parseMessage } from '../../src/locales/icu.ts';
import { LANGUAGES, type Language, messagesOf } from '../../src/locales/languages.ts';
import { slashName } from '../../src/platforms/slack/manifest.ts';
import { formsOf, pluralsIn } from './plurals.ts';
import { messagesIn, writtenIn } from './samples.ts';

const ALL = Object.keys(LANGUAGES) as Language[];
const FOREIGN = ALL.filter((language) => language !== 'en');

/** What is the same in these languages as in English, and is right so: words that were borrowed, and mere values. */
const VALUES = /^(separator|usage\.figure|bytes|durations|optionValues\.duration|limits\.list\.(rule|pace))/;
const BORROWED: Partial<Record<Language, RegExp>> = {
  de: /^(help\.buttons|limits\.(title|amount)|usage\.(videos|credits|share)|commandWords\.(video|budget)|help\.credits|fields\.seed|slack\.prompt|credits|priced|page\.(bot|moderator))/,
  es: /^(commandWords\.video|slack\.prompt)/,
};

const MOMENT = /<time:\d+:\w+>/g;
const momentsIn = (text: string) => [...text.matchAll(MOMENT)].map(String).sort();
const numbersIn = (text: string) => [...text.replace(MOMENT, '').matchAll(/\d+/g)].map(String).sort();
const wordsIn = (text: string) => [...text.matchAll(/<\w+>/g)].map(String).sort();

/** The texts of a language, each with the English one. */
function besideEnglish(language: Language) {
  const english = new Map(writtenIn('en').map((written) => [written.path, written.text]));
  return writtenIn(language).map((written) => ({ ...written, english: english.get(written.path) ?? '' }));
}

it('the types of the parameters are those of the English messages', () => {
  const file = new URL('../../src/locales/messages.ts', import.meta.url);
  expect(readFileSync(file, 'utf8'), 'run `npm run messages`').toBe(typesOf(messagesOf('en')));
});

describe.each(ALL)('in %s', (language) => {
  const texts = LANGUAGES[language];
  const messages = messagesIn(messagesOf(language));

  it('there is every message of English, with the same parameters', () => {
    const shape = (of: Map<string, string>) =>
      [...of].map(([path, message]) => [path, new Map([...parseMessage(message).parameters].sort())]);
    expect(shape(messages)).toEqual(shape(messagesIn(messagesOf('en'))));
    expect(texts.language).toBe(language);
  });

  it('every plural has the forms that the language needs', () => {
    for (const [path, message] of messages) {
      for (const forms of pluralsIn(message)) expect(forms, path).toEqual(expect.arrayContaining(formsOf(language)));
    }
  });

  it('every text says something', () => {
    expect(writtenIn(language).filter(({ path, text }) => path !== 'durations.between' && text.trim() === '')).toEqual(
      [],
    );
    const unfit = /undefined|null|NaN|\[object|[{}']/;
    expect(writtenIn(language).filter(({ text }) => unfit.test(text))).toEqual([]);
  });

  it('no text holds control characters', () => {
    expect(writtenIn(language).filter(({ text }) => /\p{Cc}/u.test(text))).toEqual([]);
  });

  it('no text mentions a command, as its name depends on the platform, unless only Slack says it', () => {
    const mentioning = writtenIn(language).filter(({ text }) => /(^|[^\p{L}\p{N}<])\/\p{L}/u.test(text));
    expect(mentioning.filter(({ path }) => !/^(home|install|slack)\./.test(path))).toEqual([]);
    const mentioned = new Set(mentioning.flatMap(({ text }) => text.match(/\/[\p{L}-]+/gu) ?? []));
    const ours = commands.map(({ name }) => slashName(name.split(' ', 1)[0] ?? ''));
    expect([...mentioned].filter((name) => name !== '/invite' && !ours.includes(name))).toEqual([]);
    expect(texts.home.hint).toContain(LANGUAGES.en.forms.video.title);
  });

  it('moments, numbers and names are in every text in which English has them', () => {
    for (const { path, text, english } of besideEnglish(language)) {
      if (path.startsWith('typed.')) continue;
      expect(momentsIn(text), path).toEqual(momentsIn(english));
      expect(numbersIn(text), path).toEqual(numbersIn(english));
      expect(wordsIn(text), path).toEqual(wordsIn(english));
    }
  });

  it('every error is a sentence', () => {
    const errors = writtenIn(language)
      .filter(({ path }) => path.startsWith('errors.'))
      // Reasons and hints come as sentences.
      .map((error) => ({ ...error, text: error.text.replace(/<(reason|hint)>/, '…') }));
    expect(errors.filter(({ text }) => !/[.!?。！？…]$/.test(text))).toEqual([]);
    expect(errors.filter(({ text }) => /[.!?。:：]{2}|\s{2}/.test(text))).toEqual([]);
  });

  it('texts fit where chats show them', () => {
    const within = (most: number, ...lines: readonly string[]) =>
      expect(lines.filter((line) => [...line].length > most)).toEqual([]);
    within(100, ...Object.values(texts.commands), ...Object.values(texts.options));
    within(32, ...Object.values(texts.messageCommands));
    within(45, ...Object.values(texts.forms).flatMap(({ title, send }) => [title, send]));
    // Slack documentation, "Views": the title of a modal and its buttons.
    within(24, ...Object.values(texts.forms).flatMap(({ title, send }) => [title, send]));
    within(24, texts.slack.prompt, texts.slack.close);
    within(75, texts.slack.showAll);
    within(150, texts.home.running, texts.home.community);
    within(45, texts.options.prompt, texts.options.model);
    within(45, texts.reporting.reason, texts.blocking.for, texts.blocking.reason);
    within(
      80,
      ...Object.values(texts.buttons),
      texts.queue.cancel({ number: 10 }),
      texts.history.deliver({ number: 10 }),
    );
    within(
      100,
      ...MODELS.map(({ id: model, label }) => texts.modelChoice({ model, label, credits: 1234, seconds: 60 })),
    );
    within(256, ...Object.values(texts.cards).filter((text) => typeof text === 'string'));
  });

  it('the words of commands are names that Discord allows, each of its own', () => {
    const words = Object.values(texts.commandWords);
    // Discord documentation, "Application Command Naming": and in lower case, where there is one.
    expect(words.filter((word) => !/^[-_\p{L}\p{N}]{1,32}$/u.test(word) || word !== word.toLowerCase())).toEqual([]);
    expect(new Set(words).size).toBe(words.length);
    expect(Object.keys(texts.commands).flatMap((name) => name.split(' '))).toEqual(
      expect.arrayContaining(Object.keys(texts.commandWords)),
    );
  });

  it('buttons that stand side by side differ', () => {
    const labels = Object.values(texts.buttons);
    expect(new Set(labels).size).toBe(labels.length);
  });
});

it('in English the words of commands are their names', () => {
  for (const [name, word] of Object.entries(LANGUAGES.en.commandWords)) expect(word).toBe(name);
});

describe.each(FOREIGN)('in %s', (language) => {
  it('nothing is left in English', () => {
    const borrowed = BORROWED[language] ?? /^$/;
    const left = besideEnglish(language).filter(
      ({ path, text, english }) =>
        text.toLowerCase() === english.toLowerCase() && !borrowed.test(path) && !VALUES.test(path),
    );
    expect(left).toEqual([]);
    const words = /\b(the|and|your|with|this|videos? (is|service)|again|waiting|credit left)\b/i;
    expect(writtenIn(language).filter(({ text }) => words.test(text.replace(/<\w+>/g, '')))).toEqual([]);
  });
});

it('Japanese is written in Japanese, and nothing else is', () => {
  const japanese = /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}、]/u;
  const mereValues = /^(language|usage\.figure|bytes|limits\.list\.(rule|pace)|left|durations\.between)/;
  expect(writtenIn('ja').filter(({ path, text }) => !japanese.test(text) && !mereValues.test(path))).toEqual([]);
  for (const language of ['en', 'de', 'es'] as const) {
    expect(writtenIn(language).filter(({ text }) => japanese.test(text))).toEqual([]);
  }
});
