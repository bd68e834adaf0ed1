/**
 * - `BAD_MODEL`: a model description that cannot be built
 * - `BAD_TRAINING`: loss, optimizer, schedule or plan out of range
 * - `BAD_DATA`: arrays whose lengths do not fit the model or each other
 * - `BAD_STATE`: a model state, checkpoint or model file that belongs to another model
 * - `ENGINE_UNAVAILABLE`: the engine or backend asked for is not installed, or does not load
 * - `ENGINE_FAILED`: the native runtime refused a graph or a call
 */
export type TrainingErrorCode =
  | 'BAD_MODEL'
  | 'BAD_TRAINING'
  | 'BAD_DATA'
  | 'BAD_STATE'
  | 'ENGINE_UNAVAILABLE'
  | 'ENGINE_FAILED';

/** The error of this package; match on `code`, never on the text. */
export class TrainingError extends Error {
  override readonly name = 'TrainingError';
  readonly code: TrainingErrorCode;

  constructor(code: TrainingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
