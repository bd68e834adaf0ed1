export type CliErrorCode =
  | 'BAD_OPTION'
  | 'BAD_REFERENCE'
  | 'STUDY_FILE_NOT_FOUND'
  | 'STUDY_FILE_INVALID'
  | 'NO_SUCH_TRIAL'
  | 'NO_FINISHED_TRIAL'
  | 'NOT_A_TABLE_STUDY'
  | 'ENGINE_NOT_INSTALLED'
  | 'INSTALL_FAILED';

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
