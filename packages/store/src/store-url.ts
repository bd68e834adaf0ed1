import { StoreError } from '@assay/study';

/** Where a store URL leads. */
export type StoreLocation =
  | { readonly kind: 'sqlite'; readonly path: string }
  /** `url` is what `pg` understands, with the password. */
  | { readonly kind: 'postgres'; readonly url: string };

const SQLITE_URL = /^sqlite:\/\/\/(?<path>[^?]+)$/;

/** With the driver that SQLAlchemy, and so Optuna, is told to use. */
const POSTGRES_URL = /^postgres(?:ql)?(?:\+\w+)?:\/\/(?<rest>.+)$/s;

const MYSQL_URL = /^(?:mysql|mariadb)(?:\+\w+)?:/;

const ALLOWED =
  'sqlite:///relative.db, sqlite:////absolute/path.db, a path that ends in .db, or postgresql://user@host:5432/database';

/**
 * As in Optuna, three slashes lead to a relative path and four to an absolute one, and `{SCHEMA_VERSION}` stands for 12.
 * @throws {StoreError} `BAD_URL` with what is allowed
 */
export function storeLocation(given: string): StoreLocation {
  const url = given.replaceAll('{SCHEMA_VERSION}', '12');
  const path = SQLITE_URL.exec(url)?.groups?.path ?? barePath(url);
  if (path !== null && path !== ':memory:') return { kind: 'sqlite', path };
  const rest = POSTGRES_URL.exec(url)?.groups?.rest;
  if (rest !== undefined) return { kind: 'postgres', url: withLibpqModes(`postgresql://${rest}`) };
  const shown = JSON.stringify(maskUrl(given));
  if (MYSQL_URL.test(url)) throw new StoreError('BAD_URL', `${shown}: there is no store on MySQL; use ${ALLOWED}`);
  throw new StoreError('BAD_URL', `${shown} is not a store this version can open; ${ALLOWED}`);
}

/**
 * `pg` takes some of libpq's `sslmode`s for others, and warns, unless it is told that libpq's are meant. It cannot do without
 * encryption when that is only preferred: then it does without.
 */
function withLibpqModes(given: string): string {
  const url = given.replace(/([?&])sslmode=(?:prefer|allow)(?:&|$)/, '$1').replace(/[?&]$/, '');
  return /[?&]sslmode=/.test(url) && !/[?&]uselibpqcompat=/.test(url) ? `${url}&uselibpqcompat=true` : url;
}

function barePath(url: string): string | null {
  return url.endsWith('.db') && !url.includes('://') ? url : null;
}

/** A URL as people may see it: `***` for the password, in front of the host or among the parameters. */
export function maskUrl(url: string): string {
  return url
    .replace(/^([^:/?#]+:\/\/[^:/?#@]*):.*@/, '$1:***@') // up to the last @: a password may hold one
    .replace(/^([^:/?#]+:\/\/[^:/?#@]*):(?!\d*(?:[/?#]|$))[^@]*$/, '$1:***') // the host is missing: what would be its port is none
    .replace(/([?&](?:password|passwd|pwd|passphrase|sslpassword|token)=)[^&#]*/gi, '$1***');
}
