import type { Pruner } from '@assay/pruner';
import type { Sampler, SamplerContext, Suggestion } from '@assay/sampler';
import { type SearchSpace, validateValues } from '@assay/space';
import { fillOpen } from './open-params.js';
import { reportedObjective } from './reported-objective.js';
import type { SpaceChange } from './study-compatibility.js';
import type { Owner, PlannedTrial, Prior, RetryLimits, StudyRecord, StudyStore } from './study-store.js';
import type { TrialRecord } from './trial-record.js';
import { drawStream, openParamsStream } from './trial-seed.js';
import type { TrialView } from './trial-view.js';

/** What a study is made of once it is open. */
export interface StudySetup {
  readonly store: StudyStore;
  readonly study: StudyRecord;
  /** Null: trials name their parameters while they run, and those are written when they end. */
  readonly space: SearchSpace | null;
  /** What the study knows from an earlier one. */
  readonly prior: Prior;
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly seed: number;
  readonly owner: Owner;
  readonly retries: RetryLimits;
  /** `StudyOptions.reportDelayMs` */
  readonly reportDelayMs: number;
  /** In what the space differs from the one that the study had when it was opened. */
  readonly changed: readonly SpaceChange[];
}

/** What the sampler suggests for the trial that a claim will make, unless another process claims first. */
export interface TrialPlan {
  readonly number: number;
  readonly draw: number;
  readonly suggestion: Suggestion;
}

/**
 * Asks the sampler before the claim, so that a sampler with nothing left to try leaves no trial behind. `none` when the
 * claim will take a waiting trial.
 */
export function planTrial(setup: StudySetup, view: TrialView): TrialPlan | 'none' | 'exhausted' {
  if (setup.space === null || view.hasWaiting) return 'none';
  const next = { number: view.trials.length, draw: view.nextDraw };
  const suggestion = suggest(setup, setup.space, view, next);
  return suggestion === null ? 'exhausted' : { ...next, suggestion };
}

/** The plan, for the claim to write; undefined where there is none. */
export function plannedTrial({ space }: StudySetup, plan: TrialPlan | 'none'): PlannedTrial | undefined {
  if (plan === 'none') return undefined;
  const { number, draw, suggestion } = plan;
  return { number, draw, space: space ?? [], params: suggestion.params, note: suggestion.note ?? null };
}

/** Whether the claim made the trial that was planned, which then has its parameters. */
export function isPlanned({ number, draw }: TrialRecord, plan: TrialPlan | 'none'): plan is TrialPlan {
  return plan !== 'none' && plan.number === number && plan.draw === draw;
}

/**
 * The parameters of a claimed trial: the plan's, when the claim made the trial that was planned; a retry's are those of its
 * first attempt, or made with the same draw when that died before it had any; those that an enqueued trial left open are
 * uniform draws. Null when the sampler has nothing left to try.
 * @throws {SpaceError} when an enqueued trial's fixed parameters do not fit the space, or a retry's no longer do
 */
export function configurationOf(
  setup: StudySetup & { readonly space: SearchSpace },
  view: TrialView,
  trial: TrialRecord,
  plan: TrialPlan | 'none',
): Suggestion | null {
  if (isPlanned(trial, plan)) return plan.suggestion;
  const { number, draw, params, note } = trial;
  if (draw === null) return { params: fillOpen(setup.space, params, openParamsStream(setup.seed, trial)) };
  if (Object.keys(params).length > 0) {
    validateValues(setup.space, params);
    return { params, ...(note !== null && { note }) };
  }
  return suggest(setup, setup.space, view, { number, draw });
}

/** How the sampler goes about the next trial and why; null where it always does the same. */
export function explainSampler(setup: StudySetup, view: TrialView): string | null {
  if (setup.space === null) return null;
  const next = { number: view.trials.length, draw: view.nextDraw };
  return setup.sampler.explain?.(contextOf(setup, setup.space, view, next)) ?? null;
}

function suggest(setup: StudySetup, space: SearchSpace, view: TrialView, trial: NumberedDraw): Suggestion | null {
  return setup.sampler.suggest(contextOf(setup, space, view, trial));
}

interface NumberedDraw {
  readonly number: number;
  readonly draw: number;
}

function contextOf(
  { study, prior, seed }: StudySetup,
  space: SearchSpace,
  view: TrialView,
  { number, draw }: NumberedDraw,
): SamplerContext {
  return {
    space,
    directions: study.directions,
    history: view.history(),
    running: view.runningBeside(number),
    prior,
    reportedObjective: reportedObjective(study) ?? 0,
    repeats: study.definition?.repeats.count ?? 1,
    budget: study.definition?.budget ?? null,
    number,
    draw,
    studySeed: seed,
    rng: drawStream(seed, draw),
  };
}
