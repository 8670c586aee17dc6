import type { Failure } from '../domain/failure.ts';
import type { Generation } from '../domain/generation.ts';
import type { Job, ProviderState } from '../providers/provider.ts';

/** A generation as the provider is asked about it. @param id the provider's. */
export function jobOf({ route, request }: Pick<Generation, 'route' | 'request'>, id: string): Job {
  return { id, route, prompt: request.prompt };
}

/** Translates a provider's error state into the failure shown to the member. */
export function providerFailure(state: Extract<ProviderState, { status: 'error' }>): Failure {
  return { code: state.refused ? 'moderated' : 'provider_failed', params: { hint: state.message } };
}
