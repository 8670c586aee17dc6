import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import { Hono } from 'hono';
import type { Messages } from '../../locales/format.ts';
import { type Language, messagesOf, textsFor } from '../../locales/languages.ts';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
};

/** How a browser is told to fetch what the page will ask for anyway, without waiting for the file that asks. */
const PRELOADS: Readonly<Record<string, string>> = {
  '.css': 'rel=preload; as=style',
  '.ts': 'rel=modulepreload',
};

/**
 * Modules that the page shares with the rest of the program. The page imports them by relative paths that lead above
 * the root of a site, where there is nothing.
 */
const SHARED: Readonly<Record<string, string>> = {
  '/commands/option-values.ts': '../../../commands/option-values.ts',
  '/domain/ids.ts': '../../domain/ids.ts',
  '/domain/text.ts': '../../domain/text.ts',
  '/lib/nearest.ts': '../../lib/nearest.ts',
  '/locales/expected.ts': '../../locales/expected.ts',
  '/people.ts': 'people.ts',
  '/shared/command-line.ts': '../shared/command-line.ts',
  '/shared/line.ts': '../shared/line.ts',
  '/shared/quotations.ts': '../shared/quotations.ts',
};

/**
 * The page's files, read once. Browsers get the TypeScript modules with their types stripped and otherwise as they are:
 * each under its own name, so that the imports in them lead to the right place.
 */
export function createAssets(): Hono {
  const folder = new URL('page/', import.meta.url);
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, new URL(name, folder)]));
  for (const [path, file] of Object.entries(SHARED)) files.set(path, new URL(file, import.meta.url));
  files.delete('/playground.ts');
  files.delete('/index.html');
  const link = [...files.keys()]
    .flatMap((path) => (PRELOADS[extname(path)] ? [`<${path}>; ${PRELOADS[extname(path)]}`] : []))
    .join(', ');

  const routes = new Hono();
  const serve = (path: string, file: URL) => {
    const type = TYPES[extname(file.pathname)];
    if (!type) return;
    const text = readFileSync(file, 'utf8');
    const body = type.startsWith('text/javascript') ? () => strip(text) : () => text;
    routes.get(path, (c) => c.body(body(), 200, { 'content-type': type, 'cache-control': 'no-cache' }));
  };
  const frame = readFileSync(new URL('index.html', folder), 'utf8');
  routes.get('/', (c) => {
    const [locale = ''] = (c.req.header('accept-language') ?? '').split(/[,;]/, 1);
    return c.body(inLanguage(frame, locale), 200, {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-cache',
      vary: 'accept-language',
      link,
    });
  });
  serve('/app.js', new URL('playground.ts', folder));
  for (const [path, file] of files) serve(path, file);
  return routes;
}

const stripped = new Map<string, string>();

/** Strips a module's types when it is first asked for, as that of all of them would be a tenth of the program's start. */
function strip(text: string): string {
  const body = stripped.get(text) ?? stripTypeScriptTypes(text);
  stripped.set(text, body);
  return body;
}

/** The page with its words in a language: those that stand in it, and those that its modules will say. */
function inLanguage(frame: string, locale: string): string {
  const { language } = textsFor(locale);
  const words = messagesOf(language as Language).page as Messages;
  const start = `<html lang="${language}" data-words="${escapeHtml(JSON.stringify(words))}">`;
  return frame
    .replace(/\{\{(\w+)\}\}/g, (_, name: string) => escapeHtml(String(words[name])))
    .replace('<html lang="en">', () => start);
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
