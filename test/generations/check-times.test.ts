import { expect, it } from 'vitest';
import type { Failure } from '../../src/domain/failure.ts';
import { nextCheckAt } from '../../src/generations/check-times.ts';

const HOUR = 60;

it.each(['timed_out', 'generation_lost', 'submission_lost', 'submission_unclear'] as const)(
  '%s is looked for again after 5, 15 and 60 minutes, and every three hours for a day',
  (code) => {
    const failure = { code, params: { minutes: 16 } } as Failure;
    const minutes = Array.from({ length: 12 }, (_, checks) => nextCheckAt(failure, 0, checks)).map((at) =>
      at === null ? null : at / 60_000,
    );
    const hours = [4, 7, 10, 13, 16, 19, 22].map((hour) => hour * HOUR);
    expect(minutes).toEqual([5, 15, 60, ...hours, null, null]);
  },
);

it.each(['moderated', 'rejected', 'video_unusable'] as const)('%s is final', (code) => {
  expect(nextCheckAt({ code, params: { hint: '' } } as Failure, 0, 0)).toBeNull();
  expect(nextCheckAt(undefined, 0, 0)).toBeNull();
});
