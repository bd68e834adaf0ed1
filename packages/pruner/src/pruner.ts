import type { Direction, LearningCurve } from './learning-curve.js';

/** Anything that JSON can carry. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** A pruner's name and resolved options as plain data: stored with the study, turned back into a pruner by `createPruner`. */
export interface PrunerSettings {
  readonly name: string;
  readonly [option: string]: Json;
}

/** All that a decision may depend on. */
export interface PrunerContext {
  readonly studyName: string;
  readonly direction: Direction;
  /** The trial to judge; its newest report is the last. */
  readonly trial: LearningCurve;
  /** The other trials of the study, in any order and every state. */
  readonly trials: readonly LearningCurve[];
}

/** Keep or stop. */
export interface PruneDecision {
  readonly prune: boolean;
  /** All rung values of the judged trial after this decision; present only where they changed, and then to be stored. */
  readonly rungs?: readonly number[];
  /** Why the trial is stopped, one plain line for log and dashboard; present when `prune` is true. */
  readonly reason?: string;
}

/** Decides after each report whether a trial goes on. A pure function of its context: nothing is remembered between calls. */
export interface Pruner {
  readonly name: string;
  readonly settings: PrunerSettings;
  /** Same context, same decision, whatever the order of `trials`. A trial without reports is always kept. */
  decide(context: PrunerContext): PruneDecision;
}

/** The decision to let a trial go on with nothing to store. */
export const KEEP: PruneDecision = Object.freeze({ prune: false });
