import { execFile } from 'node:child_process';
import { hostname, userInfo } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { VERSION } from './version.js';

/** What a new study keeps of where it comes from. */
export interface OriginFacts {
  readonly studyFile: string;
  /** This program's version. */
  readonly assay: string;
  /** Of the repository that the study file lies in, with `-dirty` where it has changed since; left out without one. */
  readonly commit?: string;
  readonly host: string;
  /** As git knows them, or else the account's name. */
  readonly author: string;
}

/** Git is asked, and may be missing. @param file the study file */
export async function originFacts(file: string): Promise<OriginFacts> {
  const folder = path.dirname(file);
  const [commit, name] = await Promise.all([
    git(folder, 'describe', '--always', '--dirty', '--abbrev=40', '--exclude=*'),
    git(folder, 'config', 'user.name'),
  ]);
  const origin = { studyFile: file, assay: VERSION, host: hostname(), author: name ?? accountName() };
  return commit === null ? origin : { ...origin, commit };
}

/** One line of what git says; null when it fails, or says nothing. */
async function git(folder: string, ...args: readonly string[]): Promise<string | null> {
  try {
    const { stdout } = await promisify(execFile)('git', ['-C', folder, ...args], { timeout: 5_000 });
    return stdout.trim() === '' ? null : stdout.trim();
  } catch {
    return null; // no git, or no repository: then there is nothing to tell
  }
}

/** Containers run accounts that have no name. */
function accountName(): string {
  try {
    return userInfo().username;
  } catch {
    return String(process.getuid?.() ?? 'unknown');
  }
}
