import type { Generation } from '../domain/generation.ts';
import type { Receipt } from '../domain/reply.ts';

/** The file name of a generation's clip, the same at every attempt. */
export function clipName(generation: string): string {
  return `dailies-${generation}.mp4`;
}

/** The name of the clip that was attached to a generation's reply, or undefined when none was. */
export async function attachedClip(
  deliveries: { receiptOf(generation: string): Promise<Receipt | undefined> },
  { id }: Pick<Generation, 'id'>,
): Promise<string | undefined> {
  const receipt = await deliveries.receiptOf(id);
  return receipt?.kind === 'attached' ? clipName(id) : undefined;
}
