import type { Report } from '@assay/sampler';
import type { ParamValues } from '@assay/space';

/** What analysis must know of a trial. The study's trial record and the sampler's observation satisfy it by shape. */
export interface AnalysedTrial {
  readonly number: number;
  readonly state: 'waiting' | 'running' | 'complete' | 'pruned' | 'failed';
  readonly params: ParamValues;
  /** One per objective; analysis looks at the first. */
  readonly values: readonly number[];
  /** Feasible when none is above 0. */
  readonly constraints: readonly number[];
  /** Intermediate values, ascending by step. */
  readonly reports: readonly Report[];
}
