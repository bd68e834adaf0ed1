export { LATE_RESULT, lateResult } from './late-result.js';
export { isFinal, isFinished, requireEnding, requireTransition } from './life-cycle.js';
export { MemoryStudyStore } from './memory-study-store.js';
export { isOwnerGone, newOwner } from './owner.js';
export type { StoreErrorCode } from './store-error.js';
export { StoreError } from './store-error.js';
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
