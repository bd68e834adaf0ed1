export type PoolErrorCode = 'BAD_OPTION' | 'STUDY_NOT_LOADED' | 'NOT_A_STUDY' | 'WORKER_NOT_STARTED' | 'POOL_CLOSED';

/** What stops the pool itself; what an objective does wrong is an outcome of its trial instead. */
export class PoolError extends Error {
  override readonly name = 'PoolError';
  readonly code: PoolErrorCode;

  constructor(code: PoolErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
