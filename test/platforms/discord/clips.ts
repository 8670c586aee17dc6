import { randomBytes } from 'node:crypto';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect } from 'vitest';
import { ReplyError } from '../../../src/domain/reply.ts';
import { tempFolder } from '../../support/temp.ts';

/** A file of so many random bytes. */
export async function clip(size: number) {
  const bytes = randomBytes(size);
  const name = `dailies-${bytes.toString('hex', 0, 4)}.mp4`;
  const path = join(await tempFolder(), name);
  await writeFile(path, bytes);
  return { bytes, file: { generation: 'g1', path, name, bytes: size } };
}

/** How long an interaction's token lives. */
export const LIFE_MS = 15 * 60_000;

/** The error with which something fails. */
export async function failure(work: Promise<unknown>): Promise<ReplyError> {
  const error = await work.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(ReplyError);
  return error as ReplyError;
}
