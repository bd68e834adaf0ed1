import type { Observation } from '../sampler.js';

/** Trials in the order in which they were made: a context may hand them over in any. */
export function byNumber(trials: readonly Observation[]): readonly Observation[] {
  return [...trials].sort((a, b) => a.number - b.number);
}
