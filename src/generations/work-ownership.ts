import type { Repositories } from '../store/repositories.ts';

/** Another process has taken this generation over: this process must stop working on it. */
export class TakenOver extends Error {
  override readonly name = 'TakenOver';
}

/**
 * Makes sure that this process still owns a generation, and will for some seconds. Call it before any exclusive step.
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
