import { defineProvider } from '../kind.ts';
import { createAimlapi } from './aimlapi.ts';
import { endpoint } from './kind.ts';

/** The sandbox takes seconds where the real API takes a minute, and minds no polls. */
const POLL_MS = 1000;

/** The stand-in for the AI/ML API, which speaks as it does. */
export const sandbox = defineProvider({
  name: 'sandbox',
  title: 'free stand-in clips (no AIMLAPI_KEY)',
  settings: { AIMLAPI_ENDPOINT: endpoint },
  secrets: [],
  standIn: true,
  pollIntervalMs: POLL_MS,
  async create({ AIMLAPI_ENDPOINT }, { startSandbox, keyv, log, clock }) {
    const { url: baseUrl, key } = await startSandbox();
    const provider = createAimlapi({ baseUrl, key, endpoint: AIMLAPI_ENDPOINT, keyv, log, clock, name: 'sandbox' });
    return { provider, trustedOrigins: [new URL(baseUrl).origin] };
  },
});
