import { choice, secret, url } from '../../lib/setting-checks.ts';
import { defineProvider } from '../kind.ts';
import { createAimlapi } from './aimlapi.ts';

/** `AIMLAPI_ENDPOINT`. */
export const endpoint = choice(['universal', 'bytedance']).default('universal');

const KEY = 'a key of the AI/ML API';

/** The AI/ML API (docs.aimlapi.com). */
export const aimlapi = defineProvider({
  name: 'aimlapi',
  title: 'the AI/ML API',
  settings: {
    AIMLAPI_KEY: secret(KEY).optional(),
    AIMLAPI_BASE_URL: url.default('https://api.aimlapi.com'),
    AIMLAPI_ENDPOINT: endpoint,
  },
  secrets: ['AIMLAPI_KEY'],
  needs: { setting: 'AIMLAPI_KEY', what: KEY },
  create({ AIMLAPI_KEY: key = '', AIMLAPI_BASE_URL: baseUrl, AIMLAPI_ENDPOINT }, { keyv, log, clock }) {
    return { provider: createAimlapi({ baseUrl, key, endpoint: AIMLAPI_ENDPOINT, keyv, log, clock }) };
  },
});
