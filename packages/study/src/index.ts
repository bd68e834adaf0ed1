export { bestTrials, isFeasible } from './best-trials.js';
export { inlineExecutor } from './inline-executor.js';
export { LATE_RESULT, lateResult } from './late-result.js';
export { isFinal, isFinished, requireEnding, requireTransition } from './life-cycle.js';
export type { LiveTrial } from './live-trial.js';
export { MemoryStudyStore } from './memory-study-store.js';
export { objectiveOutcome, stoppedOutcome, thrownOutcome } from './objective-outcome.js';
export { createStudy, loadStudy, openOrCreateStudy, type StudyOptions } from './open-study.js';
export { type OptimizeOptions, optimize } from './optimize.js';
export { newOwner } from './owner.js';
export type { StoreErrorCode } from './store-error.js';
export { StoreError } from './store-error.js';
export type { Study } from './study.js';
export { type Stopping, StudyControls } from './study-controls.js';
export { StudyError, type StudyErrorCode } from './study-error.js';
export type { StopReason, StudyEvent, StudyListener } from './study-event.js';
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
  NewStudy,
  Owner,
  RetryLimits,
  StudyDefinition,
  StudyRecord,
  StudyStore,
  TrialEnding,
} from './study-store.js';
export type { TrialExecutor, TrialHooks, TrialOutcome, TrialTask } from './trial-executor.js';
export type { EndReason, TrialEnd, TrialRecord, TrialState } from './trial-record.js';
export { NEXT_STATES } from './trial-record.js';
export { trialSeed } from './trial-seed.js';
