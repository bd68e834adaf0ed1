import type { TrialEnding } from './study-store.js';

/** The attribute under which a store keeps the result of a trial whose lease was lost before the result came. */
export const LATE_RESULT = 'assay:late_result';

/** Plain JSON: infinities are text. */
export type LateResult = { readonly state: TrialEnding['state']; readonly values: readonly (number | string)[] };

/** What is kept there. JSON has no infinities, so those are written as text. */
export function lateResult(ending: TrialEnding): LateResult {
  return {
    state: ending.state,
    values: ending.values.map((value) => (Number.isFinite(value) ? value : String(value))),
  };
}
