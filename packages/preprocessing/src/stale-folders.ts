import { readdir, rm } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';

const PREFIX = '.preparing';

/** The folder a process prepares in: it names its owner, so that others can tell whether the owner still lives. */
export function workFolderName(nonce: string): string {
  return `${PREFIX}@${hostname()}@${process.pid}@${nonce}`;
}

/** Removes what killed processes of this machine left behind. Folders of other machines are theirs to judge. */
export async function removeStaleFolders(outDir: string): Promise<void> {
  for (const name of await readdir(outDir)) {
    const [prefix, host, pid] = name.split('@');
    const isDead = prefix === PREFIX && host === hostname() && !isAlive(Number(pid));
    if (isDead) await rm(join(outDir, name), { recursive: true, force: true });
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}
