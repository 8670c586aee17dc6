import { z } from 'zod';
import { secret, url } from '../../../src/lib/setting-checks.ts';
import { defineProvider } from '../../../src/providers/kind.ts';
import { type Provider, ProviderError, type ProviderState } from '../../../src/providers/provider.ts';

/** The catalogue's models in the words of the Film House, a provider that does not exist. */
const FILMS: Readonly<Record<string, string>> = { 'pro-fast': 'short-reel', pro: 'feature', '2.0': 'epic' };

const refusal = z.object({ why: z.string(), words: z.string().default('') });
const ticket = z.object({ ticket: z.number() });
const progress = z.object({
  phase: z.enum(['casting', 'shooting', 'wrapped', 'scrapped']),
  reel: z.string().optional(),
  pennies: z.number().optional(),
  why: z.string().default(''),
  words: z.string().default(''),
});
const programme = z.object({ nowShowing: z.array(z.string()) });

/** Calls the Film House. @throws {ProviderError} */
async function call(address: string, token: string, method: string, path: string, body?: object): Promise<unknown> {
  let response: Response;
  try {
    const headers = { 'x-usher': token };
    response = await fetch(address + path, { method, headers, ...(body && { body: JSON.stringify(body) }) });
  } catch (cause) {
    throw new ProviderError(method === 'GET' ? 'unavailable' : 'ambiguous', 'no answer', { cause });
  }
  const answer: unknown = await response.json();
  if (response.ok) return answer;
  const { why, words } = refusal.parse(answer);
  const kinds = { censored: 'content_refused', 'sold out': 'busy', 'off the programme': 'model_withdrawn' } as const;
  const kind = Object.entries(kinds).find(([word]) => word === why)?.[1];
  throw new ProviderError(kind ?? 'rejected', words, { answered: true });
}

function stateOf({ phase, reel, pennies, why, words }: z.infer<typeof progress>): ProviderState {
  if (phase === 'scrapped') return { status: 'error', refused: why === 'censored', name: why, message: words };
  if (phase !== 'wrapped') return { status: 'pending', detail: phase };
  const usage = pennies === undefined ? {} : { usage: { usd: pennies / 100, credits: undefined } };
  return reel === undefined ? { status: 'missing' } : { status: 'completed', url: reel, ...usage };
}

function createFilmhouse(address: string, token: string): Provider {
  return {
    name: 'filmhouse',
    linkMs: 3_600_000,
    async submit({ request: { model, prompt, options } }) {
      const order = {
        film: FILMS[model],
        script: prompt,
        screen: options.resolution,
        minutes: Number(options.duration) / 60,
      };
      return String(ticket.parse(await call(address, token, 'PUT', '/box-office', order)).ticket);
    },
    poll: async ({ id }) => stateOf(progress.parse(await call(address, token, 'GET', `/box-office/${id}`))),
    async models() {
      const { nowShowing } = programme.parse(await call(address, token, 'GET', '/programme'));
      const offered = Object.keys(FILMS).filter((id) => nowShowing.includes(FILMS[id] ?? ''));
      return { offered, leaving: {}, prices: {} };
    },
    stop: async () => {},
  };
}

/** What the list of providers gets a line for. */
export const filmhouse = defineProvider({
  name: 'filmhouse',
  title: 'the Film House',
  settings: { FILMHOUSE_TOKEN: secret('a token of the Film House').optional(), FILMHOUSE_ADDRESS: url.optional() },
  secrets: ['FILMHOUSE_TOKEN'],
  needs: { setting: 'FILMHOUSE_TOKEN', what: 'a token of the Film House' },
  create: ({ FILMHOUSE_TOKEN: token = '', FILMHOUSE_ADDRESS: address = 'https://filmhouse.example' }) => ({
    provider: createFilmhouse(address, token),
  }),
});
