import { readJson } from './json-text.js';

/**
 * What an attribute says of a trial's constraints: Optuna's list of all, or, since Optuna 5, one of them. Null when the
 * function that computes them raised: Optuna then takes the trial for infeasible.
 */
export function constraintsOf(text: string): readonly number[] {
  const value = readJson(text);
  if (value === null) return [Number.POSITIVE_INFINITY];
  return typeof value === 'number' ? [value] : (value as readonly number[]);
}
