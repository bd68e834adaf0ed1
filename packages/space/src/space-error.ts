/**
 * - `BAD_NAME`: a parameter, group or branch name that a flat name cannot hold
 * - `BAD_BOUNDS`, `BAD_STEP`, `BAD_CHOICES`, `BAD_REPEAT`: a declaration that describes no set of values
 * - `MISSING_VALUE`, `UNKNOWN_PARAMETER`, `INACTIVE_PARAMETER`, `OUT_OF_RANGE`: values that do not fit their space
 * - `BAD_JSON`: stored text that is not a distribution or a search space
 */
export type SpaceErrorCode =
  | 'BAD_NAME'
  | 'BAD_BOUNDS'
  | 'BAD_STEP'
  | 'BAD_CHOICES'
  | 'BAD_REPEAT'
  | 'MISSING_VALUE'
  | 'UNKNOWN_PARAMETER'
  | 'INACTIVE_PARAMETER'
  | 'OUT_OF_RANGE'
  | 'BAD_JSON';

/** What is wrong with a search space or with values for it; the message names the parameter, the value and what is allowed. */
export class SpaceError extends Error {
  override readonly name = 'SpaceError';
  readonly code: SpaceErrorCode;

  constructor(code: SpaceErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
