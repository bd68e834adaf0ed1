import type { Direction, Report } from '@assay/sampler';
import type { ParamValues } from '@assay/space';

/** What analysis must know of a trial. The study's trial record and the sampler's observation satisfy it by shape. */
export interface AnalysedTrial {
  readonly number: number;
  readonly state: 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';
  readonly params: ParamValues;
  /** One per objective; empty unless complete or pruned. */
  readonly values: readonly number[];
  /** Feasible when none is above 0. */
  readonly constraints: readonly number[];
  /** Intermediate values, ascending by step. */
  readonly reports: readonly Report[];
}

/** What says how good a trial is. */
export type Outcome = Pick<AnalysedTrial, 'number' | 'state' | 'values' | 'constraints'>;

/** Whether the trial can be the best: it is complete and violates no constraint. */
export function isCandidate({ state, constraints }: Pick<Outcome, 'state' | 'constraints'>): boolean {
  return state === 'complete' && constraints.every((value) => value <= 0);
}

/** A trial's values turned so that less is better in each. */
export function lossesOf({ values }: Pick<Outcome, 'values'>, directions: readonly Direction[]): readonly number[] {
  return directions.map((direction, objective) => lossOf(values[objective]!, direction));
}

/** A value turned so that less is better. */
export function lossOf(value: number, direction: Direction): number {
  return direction === 'minimize' ? value : -value;
}
