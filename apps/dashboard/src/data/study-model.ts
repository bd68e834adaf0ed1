import {
  bestTrials,
  NO_TRIALS,
  type StudyRecord,
  type TrialCounts,
  type TrialMarks,
  type TrialRecord,
} from '@assay/study';
import { formatNumber } from '../text/format-number.js';
import { LogRing } from './log-ring.js';
import { countAdded, estimateLeftMs, finishTimes, type Goal, type Progress } from './progress.js';
import { type Fact, isOver, type Phase, type StudySnapshot } from './study-snapshot.js';
import { TrialTable } from './trial-table.js';

export interface ModelOptions {
  readonly mode: StudySnapshot['mode'];
  readonly facts: readonly Fact[];
  readonly goal: Goal | null;
  /** Unix time, milliseconds; null when there is none. */
  readonly deadlineMs: number | null;
  readonly now: () => number;
}

/** What both sources write into and take snapshots from. */
export class StudyModel {
  readonly log = new LogRing();
  readonly trials = new TrialTable();
  study: StudyRecord | null = null;
  phase: Phase = { kind: 'opening' };
  facts: readonly Fact[];
  readonly #options: ModelOptions;
  /** When this run began; for a study that is only watched, when its first trial did. */
  startedMs: number | null = null;
  /** What the store has in all, while it is still being read. */
  expected: TrialCounts | null = null;
  #stoppedMs: number | null = null;
  #best: readonly TrialRecord[] = [];
  #hasNewMarks = false;

  constructor(options: ModelOptions) {
    this.#options = options;
    this.facts = options.facts;
  }

  get now(): number {
    return this.#options.now();
  }

  /** Whether a snapshot taken later would differ although nothing has happened. */
  get ticks(): boolean {
    return !(isOver(this.phase) || this.phase.kind === 'idle');
  }

  enter(phase: Phase): void {
    this.phase = phase;
    this.#stoppedMs = isOver(phase) ? this.now : null;
  }

  say(text: string, level: 'info' | 'warning' | 'error' = 'info', trial: number | null = null): void {
    this.log.add({ atMs: this.now, level, trial, text });
  }

  /** Takes a trial in, and says so when it has just ended. */
  put(trial: TrialRecord, isBest = false): void {
    if (!this.trials.put(trial, this.now)) return;
    const { state, values, end, number } = trial;
    if (state === 'failed') {
      this.say(`failed, ${end?.reason}: ${end?.message}`, 'error', number);
      return;
    }
    const why = end === null || end.reason === 'pruned' ? '' : ` (${end.reason})`;
    const best = (this.study?.directions.length ?? 1) > 1 ? ', on the front' : ', the best so far';
    const shown = values.map((value) => formatNumber(value)).join(', ');
    this.say(`${state} ${shown}${why}${isBest ? best : ''}`, 'info', number);
  }

  /** Takes in what people say of trials, by number. Returns whether that has changed anything. */
  mark(marks: ReadonlyMap<number, TrialMarks>): boolean {
    const hasChanged = this.trials.mark(marks);
    this.#hasNewMarks ||= hasChanged;
    return hasChanged;
  }

  snapshot(): StudySnapshot {
    const nowMs = this.now;
    const { mode } = this.#options;
    const { study, facts, phase } = this;
    const { ended, counted } = this.trials;
    const running = this.trials.running(nowMs);
    const best = this.#bestSoFar();
    const progress = this.#progress(ended, running.length, nowMs);
    return { study, mode, facts, phase, running, ended, counted, progress, best, log: this.log.lines, nowMs };
  }

  /**
   * Whoever was beaten once stays beaten, unless marks change: only the trials that have ended since are compared with the
   * best. Of runs that confirm another study's trials none is: the best of them is the luckiest.
   */
  #bestSoFar(): readonly TrialRecord[] {
    if (this.study === null || (this.study.definition?.confirms ?? null) !== null) return this.#best;
    const news = this.trials.takeNews();
    if (news.length > 0 || this.#hasNewMarks) {
      const known = this.#hasNewMarks ? this.trials.counted : [...this.#best, ...news];
      const candidates = known.toSorted((a, b) => a.number - b.number);
      this.#best = bestTrials(candidates, this.study.directions);
      this.#hasNewMarks = false;
    }
    return this.#best;
  }

  #progress(ended: readonly TrialRecord[], running: number, nowMs: number): Progress {
    const { complete, pruned, failed, waiting } = this.expected ?? this.#counted(ended);
    const counts = { complete, pruned, failed };
    const goal = this.#goal(ended, counts.complete + counts.pruned);
    const { deadlineMs } = this.#options;
    const deadlineInMs = deadlineMs === null || isOver(this.phase) ? null : Math.max(0, deadlineMs - nowMs);
    const untilMs = this.#stoppedMs ?? (this.phase.kind === 'idle' ? lastFinish(ended) : null) ?? nowMs;
    return {
      ...counts,
      running,
      waiting,
      goal,
      elapsedMs: this.startedMs === null ? null : untilMs - this.startedMs,
      leftMs: this.phase.kind === 'running' ? least(this.#leftMs(ended, goal, nowMs), deadlineInMs) : null,
      deadlineInMs,
    };
  }

  #counted(ended: readonly TrialRecord[]): TrialCounts {
    const counts = { ...NO_TRIALS, waiting: this.trials.waiting };
    for (const { state } of ended) counts[state] += 1;
    return counts;
  }

  #goal(ended: readonly TrialRecord[], finished: number): Progress['goal'] {
    const { goal } = this.#options;
    if (goal === null) return null;
    const done = goal.kind === 'finished' ? finished : countAdded(ended, this.startedMs ?? Number.POSITIVE_INFINITY);
    return { done: Math.min(done, goal.count), total: goal.count };
  }

  #leftMs(ended: readonly TrialRecord[], goal: Progress['goal'], nowMs: number): number | null {
    if (goal === null || this.startedMs === null) return null;
    return estimateLeftMs(goal.total - goal.done, finishTimes(ended, this.startedMs), this.startedMs, nowMs);
  }
}

function least(a: number | null, b: number | null): number | null {
  if (a === null || b === null) return a ?? b;
  return Math.min(a, b);
}

function lastFinish(ended: readonly TrialRecord[]): number | null {
  return ended.reduce<number | null>((last, { finishedMs }) => Math.max(last ?? 0, finishedMs ?? 0), null);
}
