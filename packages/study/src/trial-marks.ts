import type { TrialRecord } from './trial-record.js';

/** What people say of a trial afterwards. It lies beside the trial, which itself never changes. */
export interface TrialMarks {
  /** Markdown; optuna-dashboard shows and edits the same text. Null: none. */
  readonly note: string | null;
  /** Ascending, each once. */
  readonly tags: readonly string[];
  /** An ignored trial counts for nothing: not for the best, the sampler, the pruner or importance. Its number stays its own. */
  readonly ignored: boolean;
}

export interface MarkChange {
  /** Another note; null or an empty text takes it away. */
  readonly note?: string | null;
  readonly addTags?: readonly string[];
  readonly removeTags?: readonly string[];
  readonly ignored?: boolean;
}

export const NO_MARKS: TrialMarks = Object.freeze({ note: null, tags: [], ignored: false });

/** Marks of trials that have any. */
export interface TrialMarking {
  /** Changes a trial's marks, whatever its state. Returns them as they then are. */
  markTrial(trialId: number, change: MarkChange): Promise<TrialMarks>;
  /** By trial number; few, and cheap to ask for again and again. */
  readMarks(studyId: number): Promise<ReadonlyMap<number, TrialMarks>>;
}

export function changedMarks(marks: TrialMarks, change: MarkChange): TrialMarks {
  const { note = marks.note, addTags = [], removeTags = [], ignored = marks.ignored } = change;
  const tags = new Set([...marks.tags, ...addTags].filter((tag) => !removeTags.includes(tag)));
  return { note: note === '' ? null : note, tags: [...tags].sort(), ignored };
}

/** Whether there is anything to keep. */
export function hasMarks({ note, tags, ignored }: TrialMarks): boolean {
  return note !== null || tags.length > 0 || ignored;
}

/** The one rule of what a person has taken out. */
export function isIgnored({ marks }: Pick<TrialRecord, 'marks'>): boolean {
  return marks?.ignored === true;
}
