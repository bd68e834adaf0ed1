/** BAD_OPTION: an option is out of range. */
export type AnalysisErrorCode = 'BAD_OPTION';

/** An analysis that cannot be made. The message says what was got and what was expected. */
export class AnalysisError extends Error {
  override readonly name = 'AnalysisError';
  readonly code: AnalysisErrorCode;

  constructor(code: AnalysisErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}
