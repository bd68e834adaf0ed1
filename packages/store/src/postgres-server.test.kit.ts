import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  chownSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client } from 'pg';
import { onTestFinished } from 'vitest';

/** A PostgreSQL server for tests: one of our own on a temporary folder, or the one that `ASSAY_POSTGRES` names. */
export interface TestServer {
  /** The URL of what looks like a new, empty database. */
  newDatabase(): Promise<string>;
  /** Null for a server that is not ours to stop. `crash` gives it no time for anything. */
  readonly restart: ((how: 'fast' | 'crash') => Promise<void>) | null;
  stop(): Promise<void>;
}

/** The folder of the server's programs, `initdb` and `postgres`; null where they are not installed. */
function programsFolder(): string | null {
  const debian = '/usr/lib/postgresql';
  const versions = existsSync(debian) ? readdirSync(debian).sort((a, b) => Number(b) - Number(a)) : [];
  const folders = [...(process.env.PATH ?? '').split(delimiter), ...versions.map((v) => join(debian, v, 'bin'))];
  return folders.find((folder) => ['initdb', 'postgres'].every((name) => existsSync(join(folder, name)))) ?? null;
}

/** The server refuses to run as root: then it runs as one of the system's own users. */
export function unprivileged(): { readonly uid: number; readonly gid: number } | null {
  if (process.getuid?.() !== 0) return null;
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  const user = ['postgres', 'nobody'].map((name) => users.find((line) => line.startsWith(`${name}:`))).find(Boolean);
  const [, , uid, gid] = (user ?? '').split(':').map(Number);
  return uid === undefined || gid === undefined ? null : { uid, gid };
}

const GIVEN = process.env.ASSAY_POSTGRES;
const PROGRAMS = programsFolder();

/** Why tests with a server are skipped, for their titles; empty when they are not. */
export const NO_POSTGRES = whyNot();

function whyNot(): string {
  if (GIVEN !== undefined) return '';
  const otherwise = 'or set ASSAY_POSTGRES to the URL of a server';
  if (PROGRAMS === null) return ` (skipped: install PostgreSQL, ${otherwise})`;
  if (process.getuid?.() !== 0 || (unprivileged() !== null && isOpenToAll(tmpdir()))) return '';
  return ` (skipped: PostgreSQL needs a user without privileges who may enter ${tmpdir()}; set TMPDIR, ${otherwise})`;
}

export function isOpenToAll(folder: string): boolean {
  const above = dirname(folder);
  return (statSync(folder).mode & 0o001) !== 0 && (above === folder || isOpenToAll(above));
}

/**
 * @param addresses of this machine, beside its own, at which a server of ours lets everybody in who sees them
 * @throws where there is none: see `NO_POSTGRES`
 */
export async function startPostgres(addresses: readonly string[] = []): Promise<TestServer> {
  if (GIVEN !== undefined) return givenServer(GIVEN);
  if (PROGRAMS === null || NO_POSTGRES !== '') throw new Error(`no PostgreSQL${NO_POSTGRES}`);
  const user = unprivileged();
  const folder = mkdtempSync(join(tmpdir(), 'assay-pg-'));
  if (user !== null) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  const initdb = ['-D', data, '-U', 'assay', '-A', 'trust', '-E', 'UTF8', '--locale=C', '--no-sync'];
  execFileSync(join(PROGRAMS, 'initdb'), initdb, { ...user, cwd: folder, stdio: 'pipe' });
  for (const address of addresses) appendFileSync(join(data, 'pg_hba.conf'), `host all all ${address}/24 trust\n`);
  const port = await freePort();
  const url = `postgresql://assay@127.0.0.1:${port}/postgres`;
  const settings = [
    `port=${port}`,
    `listen_addresses=${['127.0.0.1', ...addresses]}`,
    `unix_socket_directories=${folder}`,
    'fsync=off',
  ];
  const start = async (): Promise<ChildProcess> => {
    const options = settings.flatMap((setting) => ['-c', setting]);
    const server = spawn(join(PROGRAMS, 'postgres'), ['-D', data, ...options], {
      ...user,
      cwd: folder,
      stdio: 'ignore',
    });
    await untilReady(url, server);
    return server;
  };
  let server = await start();
  process.once('exit', () => server.kill('SIGQUIT')); // a test run that is broken off leaves no server behind
  const halt = async (signal: NodeJS.Signals): Promise<void> => {
    server.kill(signal);
    if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
  };
  return {
    newDatabase: () => createDatabase(url),
    restart: async (how) => {
      await halt(how === 'fast' ? 'SIGINT' : 'SIGQUIT');
      server = await start();
    },
    stop: async () => {
      await halt('SIGQUIT');
      rmSync(folder, { recursive: true });
    },
  };
}

/** One that goes on afterwards: what was made there is dropped. */
function givenServer(url: string): TestServer {
  const made: string[] = [];
  return {
    newDatabase: async () => {
      const database = await createDatabase(url);
      made.push(schemaOf(database));
      return database;
    },
    restart: null,
    stop: async () => {
      for (const schema of made) await query(url, `DROP SCHEMA ${schema} CASCADE`);
    },
  };
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

async function untilReady(url: string, server: ChildProcess): Promise<void> {
  for (;;) {
    try {
      await query(url, 'SELECT 1');
      return;
    } catch (error) {
      if (server.exitCode !== null) throw new Error(`the server ended with ${server.exitCode}`, { cause: error });
      await sleep(20);
    }
  }
}

/** One statement on a connection of its own. */
export async function query(url: string, sql: string): Promise<readonly unknown[][]> {
  const client = new Client({ connectionString: url });
  client.on('error', () => undefined);
  try {
    await client.connect();
    return (await client.query({ text: sql, rowMode: 'array' })).rows;
  } finally {
    await client.end();
  }
}

const EMPTY = `DO $$ BEGIN
  EXECUTE (SELECT 'TRUNCATE ' || string_agg(quote_ident(tablename), ', ') FROM pg_tables
    WHERE schemaname = current_schema() AND tablename NOT LIKE '%version%');
END $$`;

/** Databases that are used again once their test is over: making the tables costs more than most tests. */
export class UsedDatabases {
  readonly #free: string[] = [];

  /** An empty database for the test that runs, prepared perhaps. */
  async take(server: TestServer): Promise<string> {
    const used = this.#free.pop();
    const url = used ?? (await server.newDatabase());
    if (used !== undefined) await query(used, EMPTY);
    onTestFinished(() => void this.#free.push(url));
    return url;
  }
}

/** The schema that a URL of `newDatabase` leads to. */
export function schemaOf(database: string): string {
  return new URL(database).searchParams.get('options')!.replace(/^.*search_path=/, '');
}

let schemas = 0;

/** A schema of its own is as good as a database, and a hundred times cheaper. */
async function createDatabase(server: string): Promise<string> {
  const name = `assay_test_${process.pid}_${schemas++}`;
  await query(server, `CREATE SCHEMA ${name}`);
  const url = new URL(server);
  url.searchParams.set('options', `-csearch_path=${name}`);
  return url.href;
}
