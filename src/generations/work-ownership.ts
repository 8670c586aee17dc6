import type { Repositories } from '../store/repositories.ts';

/** Another process has taken this generation over: nothing more may come of this one's work. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/**
 * Before what must not be done by two: makes sure that this process has a generation, and has it for some seconds more.
 * @throws {TakenOver}
 */
export async function keepWork({ work }: Pick<Repositories, 'work'>, id: string): Promise<void> {
  if (!(await work.keep(id))) throw new TakenOver(`generation ${id} is with another process now`);
}

/**
 * Ends this process's work on a generation in the transaction that ends the generation. So a process that was taken for
 * dead and wakes up can never end what another one has taken over.
 * @throws {TakenOver} then the transaction must not commit.
 */
export async function finishWork({ work }: Pick<Repositories, 'work'>, id: string): Promise<void> {
  if (!(await work.finish(id))) throw new TakenOver(`generation ${id} is with another process now`);
}
