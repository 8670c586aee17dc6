import { expect, it } from 'vitest';
import { AnsweredTime } from '../../src/generations/answered-time.ts';

it('counts the time between answers, and of a time without any only so much', () => {
  const time = new AnsweredTime(1000, 500);
  expect(time.answer(1200)).toBe(200);
  expect(time.answer(1700)).toBe(700);
  expect(time.answer(1_000_000)).toBe(1200);
  // A clock that was set back takes nothing away.
  expect(time.answer(900_000)).toBe(1200);
  expect(time.answer(900_100)).toBe(1300);
});
