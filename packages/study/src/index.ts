export { autoPick, autoTurns } from '@assay/sampler';
export { bestTrials, isFeasible } from './best-trials.js';
export {
  CONFIRMED_TRIAL,
  type Confirmation,
  confirmationName,
  confirmationsOf,
  readConfirmations,
} from './confirmation.js';
export { type CopyOptions, copyStudy } from './copy-study.js';
export { requireDistributions, requireImportable } from './importable-trial.js';
export { inlineExecutor } from './inline-executor.js';
export { LATE_RESULT, lateResult } from './late-result.js';
export { GRACE_MS } from './lease-keeper.js';
export { isFinal, isFinished, requireEnding, requireStep, requireTransition } from './life-cycle.js';
export type { LiveTrial } from './live-trial.js';
export { MemoryStudyStore } from './memory-study-store.js';
export { thrownOutcome } from './objective-outcome.js';
export { type ConfirmationOptions, openConfirmation } from './open-confirmation.js';
export { createStudy, DEFAULT_SAMPLER, loadStudy, openOrCreateStudy } from './open-study.js';
export { type OptimizeOptions, optimize } from './optimize.js';
export { newOwner } from './owner.js';
export { type EarlierStudy, MOST_PRIOR_TRIALS, type PriorTarget, priorFrom } from './prior-from.js';
export { countTrials, requireObjective } from './rank-trials.js';
export { ONCE, type Repeats, resolveRepeats } from './repeats.js';
export { reportedObjective } from './reported-objective.js';
export { type ObjectiveSpec, runObjective, type TrialHost, type TrialReports } from './run-objective.js';
export { REPEAT_VALUES } from './run-repeats.js';
export type { StoreErrorCode } from './store-error.js';
export { StoreError } from './store-error.js';
export type { Study } from './study.js';
export type { ImportedStudy, StudyArchive, StudyAttributes } from './study-archive.js';
export { type Stopping, StudyControls } from './study-controls.js';
export { DEFINITION_DEFAULTS, type StudyDefinition, type WarmStartSource } from './study-definition.js';
export { StudyError, type StudyErrorCode } from './study-error.js';
export type { StopReason, StudyEvent, StudyListener } from './study-event.js';
export { newNames, studyInUse } from './study-names.js';
export type { StudyOptions } from './study-options.js';
export type {
  NativeGate,
  Objective,
  ObjectiveResult,
  PrepareContext,
  Prepared,
  PrepareProgress,
  StudySpec,
  Trial,
} from './study-spec.js';
export type {
  Claim,
  EnqueuedTrial,
  NewStudy,
  Owner,
  PlannedTrial,
  Prior,
  RetryLimits,
  StudyRecord,
  StudyStore,
  TrialEnding,
} from './study-store.js';
export { topTrials } from './top-trials.js';
export { mostDeaths } from './trial-ending.js';
export type { RepeatPlan, TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from './trial-executor.js';
export {
  changedMarks,
  hasMarks,
  isIgnored,
  type MarkChange,
  NO_MARKS,
  type TrialMarking,
  type TrialMarks,
} from './trial-marks.js';
export { trialPages } from './trial-pages.js';
export { NO_TRIALS, type TrialCounts, type TrialQuery, type TrialRanking, type TrialReads } from './trial-query.js';
export type {
  EndReason,
  ForeignDistribution,
  StoredDistribution,
  TrialEnd,
  TrialRecord,
  TrialResources,
  TrialState,
} from './trial-record.js';
export { NEXT_STATES } from './trial-record.js';
export { trialSeed } from './trial-seed.js';
