import { LANGUAGES } from '../../src/locales/languages.ts';

/** What people read, in each language. */
export const { en, de, ja } = LANGUAGES;
