/** UNKNOWN_PRUNER: no pruner of that name. UNKNOWN_OPTION: the pruner has no such option. BAD_OPTION: a value is missing or out of range. BAD_SYNTAX: the text or description cannot be read. */
export type PrunerErrorCode = 'UNKNOWN_PRUNER' | 'UNKNOWN_OPTION' | 'BAD_OPTION' | 'BAD_SYNTAX';

/** A pruner that cannot be built. The message names what was got and what is allowed. */
export class PrunerError extends Error {
  override readonly name = 'PrunerError';
  readonly code: PrunerErrorCode;

  constructor(code: PrunerErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
