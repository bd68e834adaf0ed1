import type { StudyRecord } from './study-store.js';
import type { TrialRecord } from './trial-record.js';

/** Why `optimize` returned. */
export type StopReason =
  | 'trials'
  | 'until'
  | 'timeout'
  | 'no-improvement'
  | 'max-failures'
  | 'exhausted'
  | 'interrupted'
  | 'callback';

/** What happens in a running study, in order. Trial records are snapshots. */
export type StudyEvent =
  | { readonly type: 'study-opened'; readonly study: StudyRecord; readonly trials: readonly TrialRecord[] }
  | { readonly type: 'trial-started'; readonly trial: TrialRecord }
  | { readonly type: 'trial-reported'; readonly trial: TrialRecord }
  | { readonly type: 'trial-finished'; readonly trial: TrialRecord; readonly best: boolean }
  | { readonly type: 'trial-log'; readonly number: number; readonly line: string }
  | { readonly type: 'log'; readonly level: 'info' | 'warning' | 'error'; readonly line: string }
  /** A result that the store did not take: `line` says why, and has it as JSON. */
  | { readonly type: 'result-lost'; readonly number: number; readonly line: string }
  | { readonly type: 'paused' }
  | { readonly type: 'resumed' }
  | { readonly type: 'stopping'; readonly how: 'finish-running' | 'at-next-report' }
  | { readonly type: 'study-stopped'; readonly reason: StopReason };

export type StudyListener = (event: StudyEvent) => void;
