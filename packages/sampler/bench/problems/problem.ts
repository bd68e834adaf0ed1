import type { ParamValues, SearchSpace } from '@assay/space';

/** Something to minimise whose optimum is known. */
export interface Problem {
  readonly name: string;
  readonly parameters: SearchSpace;
  /** The least loss of any configuration (of any feasible one where there are constraints). */
  readonly optimum: number;
  /** The loss without noise. */
  loss(params: ParamValues): number;
  /** Standard deviation of the normal noise that a trial adds to its loss; none when left out. */
  readonly noise?: number;
  /** Feasible when none is above 0. */
  constraints?(params: ParamValues): readonly number[];
}

/** What rounding may add to a loss, relative to the optimum. */
const ROUNDING = 1e-12;

/** How far a loss is from the optimum; 0 where only rounding tells them apart, so that equal finds are ties. */
export function regretAt({ optimum }: Problem, loss: number): number {
  const regret = loss - optimum;
  return regret <= ROUNDING * Math.abs(optimum) ? 0 : regret;
}

export function isFeasible(constraints: readonly number[]): boolean {
  return constraints.every((value) => value <= 0);
}
