export type CliErrorCode =
  | 'BAD_OPTION'
  | 'BAD_REFERENCE'
  | 'NOT_A_TABLE_STUDY'
  | 'NOT_A_MODEL'
  | 'STUDY_FILE_NOT_FOUND'
  | 'OTHER_STUDY_FILE'
  | 'NO_SUCH_STUDY'
  | 'STUDY_EXISTS'
  | 'NO_SUCH_TRIAL'
  | 'NO_FINISHED_TRIAL'
  | 'SEVERAL_BEST'
  | 'TOO_FEW_TRIALS'
  | 'DATA_CHANGED'
  | 'WARM_START_TOO_LATE'
  | 'INSTALL_FAILED'
  | 'NO_TENSORFLOW'
  | 'NO_COMPILER'
  | 'INTERRUPTED';

/** A command that cannot be carried out as it was typed. `hint` says what to do instead. */
export class CliError extends Error {
  override readonly name = 'CliError';
  readonly code: CliErrorCode;
  readonly hint: string | null;

  constructor(code: CliErrorCode, message: string, hint: string | null = null, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
    this.hint = hint;
  }
}
