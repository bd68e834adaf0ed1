import type { Study } from '@assay/study';

/** The numbers of the trials that this process starts from now on; the set grows. */
export function ownTrials(study: Study<unknown>): ReadonlySet<number> {
  const numbers = new Set<number>();
  study.subscribe((event) => {
    if (event.type === 'trial-started') numbers.add(event.trial.number);
  });
  return numbers;
}
