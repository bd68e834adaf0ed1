import type { GoingOn } from './go-on-command.js';
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

/** What it takes to ask for the same study again. */
export function goingOn({ typed, options, plan, loaded }: RunRequest): GoingOn {
  return { typed, name: plan.name, nameInFile: loaded.spec.name, store: options.store };
}
