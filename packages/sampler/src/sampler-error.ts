/**
 * What a sampler can refuse.
 * - `BAD_SEED`: a seed that is no safe integer.
 * - `BAD_SPEC`: a sampler description that cannot be read; the message says where.
 * - `UNKNOWN_SAMPLER`, `UNKNOWN_OPTION`, `BAD_OPTION`: a name or value outside what is allowed; the message lists what is.
 * - `NOT_A_GRID`: a parameter without a finite set of values, or points outside of it.
 * - `ONE_OBJECTIVE_ONLY`: a study of several objectives for a sampler of one.
 * - `GRID_TOO_LARGE`: more grid points than a number can count exactly.
 */
export type SamplerErrorCode =
  | 'BAD_SEED'
  | 'BAD_SPEC'
  | 'UNKNOWN_SAMPLER'
  | 'UNKNOWN_OPTION'
  | 'BAD_OPTION'
  | 'NOT_A_GRID'
  | 'ONE_OBJECTIVE_ONLY'
  | 'GRID_TOO_LARGE';

export class SamplerError extends Error {
  override readonly name = 'SamplerError';
  readonly code: SamplerErrorCode;

  constructor(code: SamplerErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
