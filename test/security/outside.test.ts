import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

describe('the container', () => {
  it('runs as an ordinary user on a read-only file system, without privileges', () => {
    const compose = read('compose.yaml');
    const shared = /^x-dailies: &dailies\n(( {2}.*\n)+)/m.exec(compose)?.[1] ?? '';
    expect(shared).toMatch(/^ {2}read_only: true$/m);
    expect(shared).toMatch(/^ {2}cap_drop: \[ALL\]$/m);
    expect(shared).toMatch(/^ {2}security_opt: \["no-new-privileges:true"\]$/m);
    for (const folders of compose.match(/^ *tmpfs: .*$/gm) ?? []) expect(folders).toMatch(/\["\/tmp:\S*noexec/);
    expect(compose).toMatch(/^x-member: &member\n {2}<<: \*dailies$/m);
    expect(compose.match(/^ {4}<<: \*(dailies|member)$/gm)).toHaveLength(5);
    expect(compose.match(/^ {2}(dailies|bot-\d|worker-\d):$/gm)).toHaveLength(5);
    expect(compose).toContain('"127.0.0.1:3000:3000"');
    const steps = read('Dockerfile').split('\n');
    expect(steps.indexOf('USER node')).toBeGreaterThan(0);
    expect(steps.findLastIndex((step) => /^(RUN|COPY)/.test(step))).toBeLessThan(steps.indexOf('USER node'));
  });

  it('is made of what the program needs, and of nothing else that lies about', () => {
    expect(read('.dockerignore').trim().split('\n')).toEqual([
      '*',
      '!package.json',
      '!package-lock.json',
      '!.npmrc',
      '!src',
      '!commands',
    ]);
  });
});

describe('the program', () => {
  it('starts no other program, and makes no code from text', () => {
    const files = ['src', 'commands'].flatMap((folder) =>
      readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => name.endsWith('.ts'))
        .map((name) => join(folder, name)),
    );
    expect(files.length).toBeGreaterThan(100);
    const bold = files.filter((file) => /child_process|node:vm|\beval\(|new Function\(/.test(read(file)));
    expect(bold).toEqual([]);
  });

  it('has each of its parts in one version, with a checksum', () => {
    const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
      string,
      Record<string, string>
    >;
    for (const version of Object.values({ ...dependencies, ...devDependencies })) {
      expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
    const { packages } = JSON.parse(read('package-lock.json')) as { packages: Record<string, Locked> };
    const unchecked = Object.entries(packages).filter(
      ([name, locked]) => name !== '' && isForTheContainer(name, locked) && !locked.integrity?.startsWith('sha512-'),
    );
    expect(unchecked.map(([name]) => name)).toEqual([]);
  });
});

interface Locked {
  integrity?: string;
  inBundle?: boolean;
  os?: string[];
  cpu?: string[];
}

/** Whether Debian on x64 or arm64 installs it; of binaries for other systems, the lockfile has no checksum. */
function isForTheContainer(name: string, { inBundle, os = ['linux'], cpu = ['x64'] }: Locked): boolean {
  const known = cpu.includes('x64') || cpu.includes('arm64');
  return !inBundle && os.includes('linux') && known && !name.endsWith('-musl');
}
