import { expect, test } from 'vitest';
import { Gate } from '../../../src/platforms/discord/gate.ts';

test('what follows an acknowledgement waits until no other is under way', async () => {
  const gate = new Gate();
  const order: string[] = [];
  const slow = Promise.withResolvers<void>();
  const first = gate.acknowledged(async () => order.push('first')).then(() => order.push('work of first'));
  const second = gate.acknowledged(() => slow.promise).then(() => order.push('work of second'));
  await new Promise((resolve) => setTimeout(resolve, 20));
  expect(order).toEqual(['first']);
  slow.resolve();
  await Promise.all([first, second]);
  expect(order.slice(1).sort()).toEqual(['work of first', 'work of second']);
});

test('nobody waits for an acknowledgement that never ends', async () => {
  const gate = new Gate();
  void gate.acknowledged(() => new Promise<never>(() => {}));
  expect(await gate.acknowledged(async () => 'done')).toBe('done');
});

test('an acknowledgement that fails lets the others go on', async () => {
  const gate = new Gate();
  const failing = Promise.withResolvers<void>();
  const failed = gate.acknowledged(() => failing.promise).catch((error: Error) => error.message);
  const other = gate.acknowledged(async () => 'done');
  failing.reject(new Error('10062'));
  expect(await Promise.all([failed, other])).toEqual(['10062', 'done']);
});
