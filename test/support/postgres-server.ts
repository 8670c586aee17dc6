import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { chown, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openStore } from '../../src/store/store.ts';

const PASSWORD = 'canary-password';
const USER = 'dailies';

/** Where Debian and most others put the server's programs. */
export function findPrograms(): string | undefined {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [
    ...(process.env.PATH ?? '').split(':').filter(Boolean),
    ...versions.map((version) => join(debian, version, 'bin')),
  ];
  return folders.find((folder) => existsSync(join(folder, 'initdb')) && existsSync(join(folder, 'postgres')));
}

/** A Postgres server of one's own, in a temporary folder, on a free port. It ends with its process, however that ends. */
export class PostgresServer {
  readonly #programs: string;
  readonly #settings: Readonly<Record<string, string>>;
  #folder = '';
  #port = 0;
  #child: ChildProcess | undefined;
  #databases = 0;
  #template: Promise<string> | undefined;

  /**
   * @param programs the folder that `findPrograms` found.
   * @param settings of the server, besides those that make it quick and small.
   */
  constructor(programs: string, settings: Readonly<Record<string, string>> = {}) {
    this.#programs = programs;
    this.#settings = settings;
  }

  async begin(): Promise<void> {
    this.#folder = await mkdtemp(join(tmpdir(), 'dailies-postgres-'));
    const passwords = join(this.#folder, 'password');
    await writeFile(passwords, PASSWORD);
    if (isRoot()) {
      for (const path of [this.#folder, passwords]) await chown(path, idOf('-u'), idOf('-g'));
    }
    const [initdb = '', ...args] = this.#command('initdb');
    execFileSync(
      initdb,
      [
        ...args,
        '-D',
        this.#data,
        '-U',
        USER,
        '-A',
        'scram-sha-256',
        '--pwfile',
        passwords,
        '--no-sync',
        '-E',
        'UTF8',
        '--locale=C.UTF-8',
      ],
      { stdio: 'pipe', cwd: this.#folder },
    );
    this.#port = await freePort();
    await this.#start();
  }

  async end(): Promise<void> {
    await this.#stop('immediate');
    await rm(this.#folder, { recursive: true, force: true });
  }

  /** Makes an empty database. @returns its address, as in `DATABASE_URL`. */
  async database(): Promise<string> {
    return await this.#create('template1');
  }

  /** Makes a database with today's schema and no data: a copy of one that was opened once, which is quicker. */
  async migratedDatabase(): Promise<string> {
    this.#template ??= this.#migrated();
    return await this.#create(await this.#template);
  }

  async #migrated(): Promise<string> {
    const url = await this.database();
    await (await openStore(url)).close();
    return new URL(url).pathname.slice(1);
  }

  async #create(template: string): Promise<string> {
    const name = `test_${++this.#databases}`;
    await this.#query('postgres', `create database ${name} template ${template}`);
    return this.#url(name);
  }

  /** Ends the server as an operator (`fast`) or a crash (`immediate`) would, and begins anew on the same data. */
  async restart(how: 'fast' | 'immediate', downMs = 0): Promise<void> {
    await this.#stop(how);
    await new Promise((resolve) => setTimeout(resolve, downMs));
    await this.#start();
  }

  async #start(): Promise<void> {
    const settings = {
      port: this.#port,
      listen_addresses: '127.0.0.1',
      unix_socket_directories: '',
      max_connections: 200,
      shared_buffers: '64MB',
      // A test's data need not outlive a loss of power; a killed server still finds all that was committed.
      fsync: 'off',
      full_page_writes: 'off',
      log_min_messages: 'fatal',
      ...this.#settings,
    };
    const [postgres = '', ...args] = this.#command('postgres');
    const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    this.#child = spawn(postgres, [...args, '-D', this.#data, ...flags], { stdio: 'ignore', cwd: this.#folder });
    for (const end = Date.now() + 20_000; ; ) {
      try {
        return await this.#query('postgres', 'select 1');
      } catch (error) {
        if (Date.now() > end || this.#child.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    }
  }

  async #stop(how: 'fast' | 'immediate'): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
    await ended;
  }

  get #data(): string {
    return join(this.#folder, 'data');
  }

  #url(database: string): string {
    return `postgres://${USER}:${PASSWORD}@127.0.0.1:${this.#port}/${database}`;
  }

  async #query(database: string, text: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url(database) });
    client.on('error', () => {});
    try {
      await client.connect();
      await client.query(text);
    } finally {
      await client.end().catch(() => {});
    }
  }

  /** A server refuses to be run by root; and it has to end with the tests, however those end. */
  #command(program: string): string[] {
    const path = join(this.#programs, program);
    const setpriv = ['/usr/bin/setpriv', '/bin/setpriv'].find((candidate) => existsSync(candidate));
    if (isRoot()) {
      const identity = ['--reuid', String(idOf('-u')), '--regid', String(idOf('-g')), '--clear-groups'];
      return [setpriv ?? 'setpriv', ...identity, '--pdeathsig', 'QUIT', path];
    }
    return setpriv ? [setpriv, '--pdeathsig', 'QUIT', path] : [path];
  }
}

function isRoot(): boolean {
  return process.getuid?.() === 0;
}

function idOf(which: '-u' | '-g'): number {
  return Number(execFileSync('id', [which, 'postgres'], { encoding: 'utf8' }));
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return typeof address === 'object' && address ? address.port : 0;
}
