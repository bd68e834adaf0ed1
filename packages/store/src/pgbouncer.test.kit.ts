import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { freePort, NO_POSTGRES, query, type TestServer, unprivileged } from './postgres-server.test.kit.js';

/** When a client gives the server's connection back: when it leaves, or after each transaction. */
export type PoolMode = 'session' | 'transaction';

const FOLDERS = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
const PROGRAM = FOLDERS.map((folder) => join(folder, 'pgbouncer')).find((file) => existsSync(file)) ?? null;

/** Why tests behind PgBouncer are skipped, for their titles; empty when they are not. */
export const NO_PGBOUNCER = whyNot();

function whyNot(): string {
  if (NO_POSTGRES !== '') return NO_POSTGRES;
  if (process.env.ASSAY_POSTGRES !== undefined) return ' (skipped: PgBouncer is set up for a server of our own only)';
  return PROGRAM === null ? ' (skipped: install PgBouncer)' : '';
}

/**
 * A PgBouncer in front of a server of ours; what it makes are real databases, for it passes no search path on.
 * @param connections to the server, for all clients together
 */
export async function startPgBouncer(server: TestServer, mode: PoolMode, connections: number): Promise<TestServer> {
  const direct = new URL(await server.newDatabase());
  direct.search = '';
  const folder = mkdtempSync(join(tmpdir(), 'assay-pgbouncer-'));
  const port = await freePort();
  const [users, settings] = [join(folder, 'users.txt'), join(folder, 'pgbouncer.ini')];
  writeFileSync(users, '"assay" ""\n');
  writeFileSync(settings, settingsOf({ direct, users, port, mode, connections }));
  const user = unprivileged();
  if (user !== null) for (const path of [folder, users, settings]) chownSync(path, user.uid, user.gid);
  const bouncer = spawn(PROGRAM!, ['-q', settings], { ...user, cwd: folder, stdio: 'ignore' });
  process.once('exit', () => bouncer.kill('SIGKILL'));
  const through = new URL(direct);
  through.port = String(port);
  await untilReady(through.href, bouncer);
  let databases = 0;
  return {
    newDatabase: async () => {
      const name = `behind_${port}_${databases++}`;
      await query(direct.href, `CREATE DATABASE ${name}`);
      through.pathname = `/${name}`;
      return through.href;
    },
    restart: null,
    stop: async () => {
      bouncer.kill('SIGKILL');
      if (bouncer.exitCode === null && bouncer.signalCode === null) await once(bouncer, 'exit');
      rmSync(folder, { recursive: true });
    },
  };
}

interface Settings {
  readonly direct: URL;
  readonly users: string;
  readonly port: number;
  readonly mode: PoolMode;
  readonly connections: number;
}

/** Statements that clients prepare are left to the clients, which is the default before PgBouncer 1.21 and in 1.21 to 1.23. */
function settingsOf({ direct, users, port, mode, connections }: Settings): string {
  const tracked = knowsPreparedStatements() ? 'max_prepared_statements = 0\n' : '';
  return `[databases]
* = host=${direct.hostname} port=${direct.port}
[pgbouncer]
listen_addr = 127.0.0.1
listen_port = ${port}
unix_socket_dir =
auth_type = trust
auth_file = ${users}
pool_mode = ${mode}
default_pool_size = ${connections}
${tracked}`;
}

/** Since 1.21. */
function knowsPreparedStatements(): boolean {
  const told = spawnSync(PROGRAM!, ['--version'], { encoding: 'utf8' }).stdout;
  const [, major = 0, minor = 0] = (/PgBouncer (\d+)\.(\d+)/.exec(told) ?? []).map(Number);
  return major > 1 || minor >= 21;
}

async function untilReady(url: string, bouncer: ChildProcess): Promise<void> {
  for (;;) {
    try {
      await query(url, 'SELECT 1');
      return;
    } catch (error) {
      if (bouncer.exitCode !== null) throw new Error(`PgBouncer ended with ${bouncer.exitCode}`, { cause: error });
      await sleep(20);
    }
  }
}
