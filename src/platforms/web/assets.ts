import { readdirSync, readFileSync } from 'node:fs';
import { stripTypeScriptTypes } from 'node:module';
import { extname } from 'node:path';
import { Hono } from 'hono';

const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.ts': 'text/javascript; charset=utf-8',
};

/**
 * The page's files, read once. Browsers get the TypeScript modules with their types stripped and otherwise as they are:
 * each under its own name, so that the imports in them lead to the right place.
 */
export function createAssets(): Hono {
  const folder = new URL('page/', import.meta.url);
  const files = new Map(readdirSync(folder).map((name) => [`/${name}`, new URL(name, folder)]));
  // The page's modules reach for it as ../../../texts/marks.ts, and there is nothing above the root of a site.
  files.set('/texts/marks.ts', new URL('../../texts/marks.ts', import.meta.url));
  files.set('/app.js', new URL('app.ts', folder));
  files.set('/', new URL('index.html', folder));
  files.delete('/index.html');

  const routes = new Hono();
  for (const [path, file] of files) {
    const type = TYPES[extname(file.pathname)];
    if (!type) continue;
    const text = readFileSync(file, 'utf8');
    const body = type.startsWith('text/javascript') ? stripTypes(text) : text;
    routes.get(path, (c) => c.body(body, 200, { 'content-type': type, 'cache-control': 'no-cache' }));
  }
  return routes;
}

/**
 * Node warns once that this function may change in a later version. That is for us to know, and no first line to greet
 * a newcomer with; so this one warning is held back, and no other.
 */
function stripTypes(source: string): string {
  const emitWarning = process.emitWarning;
  process.emitWarning = () => {};
  try {
    return stripTypeScriptTypes(source);
  } finally {
    process.emitWarning = emitWarning;
  }
}
