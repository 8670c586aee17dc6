import { finishWork } from '../../src/generations/work-ownership.ts';
import type { Store } from '../../src/store/store.ts';

/** Every step that is stored, in its own transaction, as the pipeline takes them. */
export async function takeThrough({ generations, deliveries, transaction }: Store, id: string): Promise<void> {
  const now = Date.now();
  await generations.move(id, 'queued', 'submitting', { submittedAt: now });
  await generations.move(id, 'submitting', 'generating', { providerId: id, generatingAt: now });
  await generations.move(id, 'generating', 'delivering', { videoUrl: 'https://example.com/', readyAt: now });
  await deliveries.claim(id, now);
  await transaction(async (repositories) => {
    await repositories.deliveries.noteReceipt(id, { kind: 'attached', id: 'receipt' }, now);
    await repositories.generations.move(id, 'delivering', 'delivered', { finishedAt: now });
    await repositories.holds.settle(id);
    await finishWork(repositories, id);
  });
}
