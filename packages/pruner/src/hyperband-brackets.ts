import { crc32 } from 'node:zlib';

/** The resources that Hyperband spreads its brackets over, in steps. */
export interface BracketScale {
  readonly minResource: number;
  readonly maxResource: number;
  readonly reductionFactor: number;
}

/**
 * Optuna takes `floor(math.log(max / min, eta)) + 1` brackets, and rounding makes that one too few where max / min is
 * exactly eta to one of these powers (243 = 3 ** 5 gives 4.999999999999999). Measured with Python 3.11 for eta up to 64 and
 * ratios up to a billion; V8's own logarithm rounds elsewhere. Both must agree on the brackets when they share a study.
 */
const POWERS_ROUNDED_DOWN: Readonly<Record<number, readonly number[]>> = {
  3: [5, 10, 13, 15, 17],
  9: [5],
  10: [3, 6, 9],
  11: [7],
  12: [7],
  17: [3, 6],
  22: [5],
  31: [3, 6],
  34: [3],
  41: [3],
  46: [5],
  48: [3],
  52: [3, 5],
  54: [5],
  55: [5],
  56: [3, 5],
};

/**
 * The share of trials of each bracket: bracket b of B gets ceil(B * eta^(B-1-b) / (B-b)); min 1, max 27, eta 3 gives
 * 27, 12, 6, 4. Empty when `maxResource` is below `minResource`.
 * @see Li et al. 2018, "Hyperband", algorithm 1; Optuna 5.0.0, `HyperbandPruner._calculate_trial_allocation_budget`
 */
export function bracketBudgets(scale: BracketScale): readonly number[] {
  const brackets = bracketCount(scale);
  return Array.from({ length: brackets }, (_, bracket) => {
    const rung = brackets - 1 - bracket;
    return Math.ceil((brackets * scale.reductionFactor ** rung) / (rung + 1));
  });
}

function bracketCount({ minResource, maxResource, reductionFactor }: BracketScale): number {
  if (maxResource < minResource) return 0;
  let power = 0;
  while (minResource * reductionFactor ** (power + 1) <= maxResource) power += 1;
  const isExact = minResource * reductionFactor ** power === maxResource;
  return isExact && POWERS_ROUNDED_DOWN[reductionFactor]?.includes(power) ? power : power + 1;
}

/**
 * The bracket of a trial: CRC-32 of "<study name>_<number>" modulo the sum of the budgets, counted off along them. Needs
 * no memory, and Optuna deals the same trial into the same bracket.
 * @param budgets at least one
 * @see Optuna 5.0.0, `HyperbandPruner._get_bracket_id`
 */
export function bracketOf(studyName: string, trialNumber: number, budgets: readonly number[]): number {
  const total = budgets.reduce((sum, budget) => sum + budget, 0);
  let place = crc32(`${studyName}_${trialNumber}`) % total;
  return budgets.findIndex((budget) => {
    place -= budget;
    return place < 0;
  });
}
