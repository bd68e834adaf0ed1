import type { RunOptions, RunPlan } from './run-plan.js';
import type { LoadedStudy } from './study-file.js';

/** What was asked of `assay run`. */
export interface RunRequest {
  /** The study as it was typed. */
  readonly typed: string;
  readonly options: RunOptions;
  readonly loaded: LoadedStudy;
  readonly plan: RunPlan;
}
