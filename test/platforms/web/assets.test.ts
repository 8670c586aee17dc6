import { expect, test } from 'vitest';
import { startPlayground } from './playground.ts';

test('the page, its styles and every module that it imports are there, without types and without inline scripts', async () => {
  const { url } = await startPlayground();
  const page = await fetch(`${url}/`);
  const html = await page.text();
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  expect(html).not.toMatch(/<script(?![^>]* src=)|<style| style="| on\w+="/);

  const seen = new Set<string>();
  const waiting = [...html.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map((match) => `${match[1]}`);
  for (let path = waiting.pop(); path; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const response = await fetch(url + path);
    expect([path, response.status]).toEqual([path, 200]);
    const text = await response.text();
    const script = /\.[jt]s$/.test(path);
    if (script) {
      expect(response.headers.get('content-type')).toBe('text/javascript; charset=utf-8');
      expect(text).not.toMatch(/^\s*(import type|interface|export interface|type \w+ =)/m);
    }
    const imports = script ? /(?:from|import) '([^']+)'/g : /@import "([^"]+)"/g;
    for (const match of text.matchAll(imports)) waiting.push(new URL(`${match[1]}`, url + path).pathname);
  }
  expect([...seen]).toEqual(
    expect.arrayContaining(['/app.js', '/style.css', '/icon.svg', '/shared/line.ts', '/domain/text.ts']),
  );
});

test('no other file of the project is', async () => {
  const { url } = await startPlayground();
  for (const path of ['/web.ts', '/index.html/..%2fweb.ts', '/..%2f..%2f..%2fpackage.json', '/texts/en.ts']) {
    expect([path, (await fetch(url + path)).status]).toEqual([path, 404]);
  }
});

test('the page is written in the language that the browser asks for first', async () => {
  const { url } = await startPlayground();
  const pageIn = async (language: string) => {
    const page = await fetch(`${url}/`, { headers: { 'accept-language': language } });
    expect(page.headers.get('vary')).toBe('accept-language');
    return await page.text();
  };
  const german = await pageIn('de-AT,de;q=0.9,en;q=0.8');
  expect(german).toContain('<html lang="de" data-words="{&#34;skip&#34;:&#34;Zur Eingabe springen&#34;');
  expect(german).toContain('>Zur Eingabe springen</a>');
  expect(await pageIn('fr')).toContain('>Skip to the composer</a>');
  expect(german).not.toMatch(/\{\{|undefined/);
});
