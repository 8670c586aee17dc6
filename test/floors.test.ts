import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

/** From the top down. Rooms of one floor know nothing of each other. */
const FLOORS = [
  ['main'],
  ['app'],
  ['platforms', 'http'],
  ['commands'],
  ['generations', 'moderation'],
  ['quotas', 'replies', 'delivery'],
  ['queue', 'providers', 'store', 'locales', 'sandbox', 'config'],
  ['domain'],
  ['lib'],
];

/** Folders inside a room that must not know each other, with the only files outside of them that may name them. */
const APART = [
  {
    folders: ['src/platforms/discord', 'src/platforms/slack', 'src/platforms/web'],
    named: ['src/platforms/open-platforms.ts'],
  },
  { folders: ['src/providers/aimlapi'], named: ['src/providers/index.ts'] },
  { folders: ['src/sandbox'], named: ['src/app.ts'] },
];

/** Each file with the files that it imports, types included, as paths from the root. */
type Imports = ReadonlyMap<string, readonly string[]>;

function readImports(): Imports {
  const files = ['src', 'commands'].flatMap((top) =>
    readdirSync(join(ROOT, top), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts'))
      .map((file) => join(top, file)),
  );
  return new Map(files.map((file) => [file, importsOf(file, readFileSync(join(ROOT, file), 'utf8'))]));
}

/** What a file imports or passes on of ours; a dynamic import counts as well. */
function importsOf(file: string, source: string): string[] {
  const named = source.matchAll(/\b(?:from|import)\s*\(?\s*'(\.[^']+)'/g);
  return [...named].map(([, path = '']) => relative(ROOT, join(ROOT, dirname(file), path)));
}

function roomOf(file: string): string {
  const [top = '', room = ''] = file.split('/');
  return top === 'commands' ? top : room.replace(/\.ts$/, '');
}

function floorOf(file: string): number {
  return FLOORS.findIndex((floor) => floor.includes(roomOf(file)));
}

/** Imports that do not go down. */
function notDown(imports: Imports): string[] {
  return arrows(imports)
    .filter(([from, to]) => roomOf(from) !== roomOf(to) && floorOf(to) <= floorOf(from))
    .map(([from, to]) => `${from} → ${to}`);
}

/** Files that import themselves by some way round. */
function inCircles(imports: Imports): string[] {
  const reach = new Map([...imports].map(([file, targets]) => [file, new Set(targets)]));
  const reaches = (from: string, to: string) => {
    const seen = new Set<string>();
    const next = [...(reach.get(from) ?? [])];
    for (let file = next.pop(); file !== undefined; file = next.pop()) {
      if (file === to) return true;
      if (seen.has(file)) continue;
      seen.add(file);
      next.push(...(reach.get(file) ?? []));
    }
    return false;
  };
  return [...imports.keys()].filter((file) => reaches(file, file));
}

function arrows(imports: Imports): [from: string, to: string][] {
  return [...imports].flatMap(([from, targets]) => targets.map((to): [string, string] => [from, to]));
}

describe('the house', () => {
  const imports = readImports();

  it('has all of its files in a room of the plan', () => {
    expect([...imports.keys()].filter((file) => floorOf(file) < 0)).toEqual([]);
    expect(new Set([...imports.keys()].map(roomOf))).toEqual(new Set(FLOORS.flat()));
  });

  it('imports go down, or stay in their room', () => {
    expect(notDown(imports)).toEqual([]);
  });

  it('has no circle of files', () => {
    expect(inCircles(imports)).toEqual([]);
  });

  it.each(APART)('keeps $folders apart', ({ folders, named }) => {
    const folderOf = (file: string) => folders.find((folder) => file.startsWith(`${folder}/`));
    const strangers = arrows(imports).filter(([from, to]) => {
      const folder = folderOf(to);
      return folder !== undefined && folderOf(from) !== folder && !named.includes(from);
    });
    expect(strangers).toEqual([]);
  });
});

describe('the look at imports', () => {
  it('sees types, several lines, what is passed on and what is loaded late', () => {
    const source = [
      "import type { A } from './a.ts';",
      "import {\n  B,\n} from '../b.ts';",
      "export { C } from './c.ts';",
      "import './d.ts';",
      "const { E } = await import('./e.ts');",
      "import { readFile } from 'node:fs/promises';",
    ].join('\n');
    expect(importsOf('src/store/x.ts', source)).toEqual([
      'src/store/a.ts',
      'src/b.ts',
      'src/store/c.ts',
      'src/store/d.ts',
      'src/store/e.ts',
    ]);
  });

  it('finds an arrow that goes up, one to a neighbour, and a circle', () => {
    const imports = new Map([
      ['src/store/a.ts', ['src/quotas/b.ts']],
      ['src/quotas/b.ts', ['src/replies/c.ts', 'src/store/a.ts']],
      ['src/replies/c.ts', ['src/lib/d.ts']],
    ]);
    expect(notDown(imports)).toEqual(['src/store/a.ts → src/quotas/b.ts', 'src/quotas/b.ts → src/replies/c.ts']);
    expect(inCircles(imports)).toEqual(['src/store/a.ts', 'src/quotas/b.ts']);
  });
});
