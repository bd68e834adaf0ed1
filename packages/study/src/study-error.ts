/**
 * - `STUDY_NOT_FOUND`: the store has no study of that name
 * - `INCOMPATIBLE_STUDY`: the stored study has another space, directions or seed than the one asked for
 * - `BAD_OPTION`, `BAD_PARAMS`, `BAD_VALUE`: what was given makes no sense; the message says what would
 * - `EXHAUSTED`: the sampler has nothing left to try
 * - `NOT_RUNNING`: the trial has been told already
 * - `MULTI_OBJECTIVE`: the question has one answer only for studies with one objective
 * - `NO_SUGGEST`: `trial.suggest...` in a study that cannot answer it
 * - `RESULT_NOT_STORED`: the store refused a result; the message carries it as JSON
 */
export type StudyErrorCode =
  | 'STUDY_NOT_FOUND'
  | 'INCOMPATIBLE_STUDY'
  | 'BAD_OPTION'
  | 'BAD_PARAMS'
  | 'BAD_VALUE'
  | 'EXHAUSTED'
  | 'NOT_RUNNING'
  | 'MULTI_OBJECTIVE'
  | 'NO_SUGGEST'
  | 'RESULT_NOT_STORED';

/** What a study refuses or cannot do. Callers match on `code`. */
export class StudyError extends Error {
  override readonly name = 'StudyError';
  readonly code: StudyErrorCode;
  /** What the message of `RESULT_NOT_STORED` ends with: the result as JSON. Null for other codes. */
  readonly result: string | null;

  constructor(code: StudyErrorCode, message: string, options?: ErrorOptions & { readonly result?: string }) {
    super(message, options);
    this.code = code;
    this.result = options?.result ?? null;
  }
}
