export type StoreErrorCode =
  | 'STUDY_EXISTS'
  | 'STUDY_IN_USE'
  | 'STORE_NOT_FOUND'
  | 'STUDY_NOT_FOUND'
  | 'TRIAL_NOT_FOUND'
  | 'ILLEGAL_TRANSITION'
  | 'LEASE_LOST'
  | 'INVALID_VALUE'
  | 'INCOMPATIBLE_SCHEMA'
  | 'BAD_URL'
  | 'DATABASE_FAILED'
  | 'STORE_CLOSED';

/** What a study store refuses or cannot do. Callers match on `code`. */
export class StoreError extends Error {
  override readonly name = 'StoreError';
  readonly code: StoreErrorCode;

  constructor(code: StoreErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
