/** Whether the system says that there is no such file or folder; any other error is one. */
export function isMissingFile(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}
