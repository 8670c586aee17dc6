// Installs the dependencies when they are missing or older than the lockfile. Runs before `npm start` and the like, on
// whatever Node the machine has, so it is plain JavaScript without dependencies.
import { spawnSync } from 'node:child_process';
import { existsSync, rmSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const lockfile = join(root, 'package-lock.json');
// npm writes this file at the end of an install, so it is missing after one that was cut off.
const installed = join(root, 'node_modules', '.package-lock.json');

// The runtime comes with the package's install script, a step of its own, which may have been cut off too.
const runtime = join(root, 'node_modules', 'node');
const withoutRuntime = existsSync(runtime) && !existsSync(join(runtime, 'bin'));

if (!existsSync(installed) || statSync(installed).mtimeMs < statSync(lockfile).mtimeMs || withoutRuntime) {
  console.log('Installing dependencies …');
  // npm names its own script here; with it no shell is needed, on Windows either.
  const npm = process.env.npm_execpath;
  const run = (args) => {
    const options = { cwd: root, stdio: 'inherit' };
    // The Node that npm runs on; the one that runs this script may be the installed runtime, which `npm ci` removes.
    const result = npm
      ? spawnSync(process.env.npm_node_execpath ?? process.execPath, [npm, ...args], options)
      : spawnSync('npm', args, { ...options, shell: process.platform === 'win32' });
    if (result.status !== 0) process.exit(result.status ?? 1);
  };
  // Only `node` needs its install script (it fetches the runtime from the registry). better-sqlite3 ships its binaries;
  // its script would compile them anew, which needs a compiler.
  run(['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  run(['rebuild', 'node', '--ignore-scripts=false', '--loglevel=error']);
  // Headers for compiling native parts, 67 MB; there are none to compile.
  const headers = ['node_modules', `node-${process.platform}-${process.arch}`, 'include'];
  rmSync(join(runtime, ...headers), { recursive: true, force: true });
}
