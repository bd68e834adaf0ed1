import { StoreError } from '@assay/study';

/** The width of Optuna's name columns. SQLite does not enforce it; other databases do. */
const LONGEST_NAME = 512;

/**
 * @param what the thing that has the name, with its article
 * @throws {StoreError} `INVALID_VALUE` when the name is longer than Optuna's schema allows
 */
export function requireName(name: string, what: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const start = `${name.slice(0, 40)}...`;
  throw new StoreError(
    'INVALID_VALUE',
    `the name of ${what} may have ${LONGEST_NAME} characters, got ${name.length}: ${start}`,
  );
}
