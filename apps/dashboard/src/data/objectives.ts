import type { StudyRecord } from '@assay/study';

/** One thing that a study minimizes or maximizes. */
export interface Objective {
  /** Its place in a trial's values. */
  readonly index: number;
  readonly name: string;
  readonly direction: StudyRecord['directions'][number];
}

/**
 * A study's objectives in order; one while it is not open yet. Where its maker (Optuna, say) gave no names: `value`, of
 * several `value 0`, `value 1` ...
 */
export function objectivesOf(study: StudyRecord | null): readonly Objective[] {
  const { directions = ['minimize'], metrics = [] } = study ?? {};
  const unnamed = (index: number): string => (directions.length === 1 ? 'value' : `value ${index}`);
  return directions.map((direction, index) => ({ index, name: metrics[index] ?? unnamed(index), direction }));
}

/** For sorting by an objective, the best value first. */
export function betterFirst({ index, direction }: Objective) {
  const sign = direction === 'minimize' ? 1 : -1;
  return (a: { readonly values: readonly number[] }, b: { readonly values: readonly number[] }): number =>
    sign * (a.values[index]! - b.values[index]!);
}

/** The trials as a study of this objective alone would have them: for analyses that look at the first value. */
export function seenBy<T extends { readonly values: readonly number[] }>(
  { index }: Objective,
  trials: readonly T[],
): readonly T[] {
  if (index === 0) return trials;
  return trials.map((trial) => ({ ...trial, values: index < trial.values.length ? [trial.values[index]!] : [] }));
}
