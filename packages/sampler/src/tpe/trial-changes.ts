import type { Observation } from '../sampler.js';

/** What turns one list of trials into another. */
export interface TrialChanges {
  readonly removed: readonly Observation[];
  readonly added: readonly Observation[];
}

/**
 * The trials that left a list and those that came, told apart as objects: a trial never changes, so another object is
 * another trial. Where nothing changed it costs one comparison of references per trial.
 * @param before ascending by number, as `after`
 */
export function trialChanges(before: readonly Observation[], after: readonly Observation[]): TrialChanges {
  const removed: Observation[] = [];
  const added: Observation[] = [];
  let i = sharedBeginning(before, after);
  let j = i;
  while (i < before.length || j < after.length) {
    const old = before[i];
    const now = after[j];
    if (old === now) {
      i += 1;
      j += 1;
    } else if (now === undefined || (old !== undefined && old.number <= now.number)) {
      removed.push(old!);
      i += 1;
    } else {
      added.push(now);
      j += 1;
    }
  }
  return { removed, added };
}

/**
 * How many trials both lists begin with. `Object.is` compares references; `===` would look into every object first, which
 * costs a cache miss each.
 */
export function sharedBeginning(before: readonly Observation[], after: readonly Observation[]): number {
  const shorter = Math.min(before.length, after.length);
  let i = 0;
  while (i < shorter && Object.is(before[i], after[i])) i += 1;
  return i;
}
