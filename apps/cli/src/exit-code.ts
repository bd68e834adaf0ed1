/** 0 done, 1 failed, 2 usage or configuration, 3 no such study or conflict, 130 and 143 interrupted. */
export const EXIT = { done: 0, failed: 1, usage: 2, conflict: 3, interrupted: 130, terminated: 143 } as const;

/** Codes that mean: the world is not as the command assumed, nothing is wrong with how it was typed. */
const CONFLICTS = new Set([
  'STORE_NOT_FOUND',
  'STUDY_NOT_FOUND',
  'STUDY_EXISTS',
  'TRIAL_NOT_FOUND',
  'NO_SUCH_TRIAL',
  'NO_FINISHED_TRIAL',
  'DEFINITION_CHANGED',
]);

/** Codes of failures that retyping or reconfiguring cannot mend. */
const FAILURES = new Set([
  'DATABASE_FAILED',
  'STORE_CLOSED',
  'LEASE_LOST',
  'ENGINE_FAILED',
  'INSTALL_FAILED',
  'DOWNLOAD_FAILED',
  'OFFLINE',
  'ABORTED',
]);

/** Every error of ours has a closed `code`; one without is a defect of ours, hence a failure. */
export function exitCodeOf(error: unknown): number {
  const code = errorCode(error);
  if (code === null || FAILURES.has(code)) return EXIT.failed;
  return CONFLICTS.has(code) ? EXIT.conflict : EXIT.usage;
}

/** The closed code of an error of ours; null for any other, Node's own (`ENOENT`) included. */
export function errorCode(error: unknown): string | null {
  if (!(error instanceof Error) || !/^[A-Z][a-z]+Error$/.test(error.name) || error.name === 'TypeError') return null;
  const code = (error as { code?: unknown }).code;
  return typeof code === 'string' && !code.startsWith('ERR_') && !('syscall' in error) ? code : null;
}
