import type { Generation } from '../domain/generation.ts';
import type { Job } from '../providers/provider.ts';

/** A generation as the provider is asked about it. @param id the provider's. */
export function jobOf({ route, request }: Pick<Generation, 'route' | 'request'>, id: string): Job {
  return { id, route, prompt: request.prompt };
}
