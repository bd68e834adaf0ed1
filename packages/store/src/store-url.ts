import { StoreError } from '@assay/study';

const SQLITE_URL = /^sqlite:\/\/\/(?<path>[^?]+)$/;

const ALLOWED = 'sqlite:///relative.db, sqlite:////absolute/path.db, or a path that ends in .db';

/**
 * The database file that a store URL names. As in Optuna, three slashes lead to a relative path and four to an absolute
 * one, and `{SCHEMA_VERSION}` stands for 12.
 * @throws {StoreError} `BAD_URL` with what is allowed
 */
export function sqlitePathOf(url: string): string {
  const path = SQLITE_URL.exec(url)?.groups?.path?.replaceAll('{SCHEMA_VERSION}', '12') ?? barePath(url);
  if (path !== null && path !== ':memory:') return path;
  throw new StoreError('BAD_URL', `${JSON.stringify(maskUrl(url))} is not a store this version can open; ${ALLOWED}`);
}

function barePath(url: string): string | null {
  return url.endsWith('.db') && !url.includes('://') ? url : null;
}

/** A URL as people may see it: `***` for the password, in front of the host or among the parameters. */
export function maskUrl(url: string): string {
  return url
    .replace(/^([^:/?#]+:\/\/[^:/?#@]*):.*@/, '$1:***@') // up to the last @: a password may hold one
    .replace(/([?&](?:password|passwd|pwd|passphrase|sslpassword|token)=)[^&#]*/gi, '$1***');
}
