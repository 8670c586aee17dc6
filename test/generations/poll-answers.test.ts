import { expect, it } from 'vitest';
import { PollAnswers } from '../../src/generations/poll-answers.ts';

it('knows when another generation was answered about last', () => {
  const answers = new PollAnswers();
  expect(answers.ofOthers('a')).toBe(Number.NEGATIVE_INFINITY);
  answers.note('a', 1);
  answers.note('a', 2);
  expect(answers.ofOthers('a')).toBe(Number.NEGATIVE_INFINITY);
  expect(answers.ofOthers('b')).toBe(2);
  answers.note('b', 3);
  expect(answers.ofOthers('a')).toBe(3);
  expect(answers.ofOthers('b')).toBe(2);
  expect(answers.ofOthers('c')).toBe(3);
});
