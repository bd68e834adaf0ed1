import { isDeepStrictEqual } from 'node:util';
import type { Direction, Observation } from '@assay/sampler';
import { asLesson, isLesson } from './failure-lesson.js';
import { isFinal, isFinished } from './life-cycle.js';
import type { StudyRecord, StudyStore } from './study-store.js';
import { isIgnored, type TrialMarks } from './trial-marks.js';
import { trialPages } from './trial-pages.js';
import { NO_TRIALS } from './trial-query.js';
import type { TrialRecord, TrialState } from './trial-record.js';
import { unsettledRanges } from './unsettled-ranges.js';

/**
 * A study's trials in memory, kept up with the store: finished trials never change, so a sync reads the unfinished ones and
 * those that are new. What this process has just written is patched in, and confirmed by the next sync.
 */
export class TrialView {
  readonly #store: StudyStore;
  readonly #studyId: number;
  readonly #directions: readonly Direction[];
  readonly #own: ReadonlySet<number>;
  readonly #trials: TrialRecord[] = [];
  readonly #places: number[] = [];
  /** Trials as samplers see them, where that differs: the same object each time, as they remember by identity. */
  readonly #shown = new WeakMap<TrialRecord, TrialRecord>();
  #nextPlace = 0;
  /** By the number of a first attempt: that of the latest one. */
  readonly #latestAttempt = new Map<number, number>();
  /** Kept up trial by trial: a study of a million is asked with every trial. */
  readonly #counts: Record<TrialState, number> = { ...NO_TRIALS };
  #nextDraw = 0;
  /** Numbers of trials that are not final, or not as read from the store. */
  readonly #unsettled = new Set<number>();
  #marks: ReadonlyMap<number, TrialMarks> = new Map();
  /** By number: at which tick a trial was patched; gone once a later read has confirmed it. */
  readonly #patches = new Map<number, number>();
  #tick = 0;
  #syncing: Promise<void> = Promise.resolve();

  /**
   * @param own numbers of trials that run in this process: what is known of them here is newer than what the store holds, so
   * they are not read. Default: none
   */
  constructor(store: StudyStore, { id, directions }: StudyRecord, own: ReadonlySet<number> = new Set()) {
    this.#store = store;
    this.#studyId = id;
    this.#directions = directions;
    this.#own = own;
  }

  /** All trials, ascending by number. */
  get trials(): readonly TrialRecord[] {
    return this.#trials;
  }

  /**
   * Brings the view up to what the store holds now.
   * @param marks whether to look for changed marks as well. Default: true
   */
  sync(marks = true): Promise<void> {
    const sync = this.#syncing.then(async () => {
      await this.#read();
      if (marks) await this.#readMarks();
    });
    this.#syncing = sync.catch(() => undefined); // whoever called gets the rejection; the next sync starts afresh
    return sync;
  }

  /** Takes what this process has just written. */
  async patch(trial: TrialRecord): Promise<void> {
    if (trial.number > this.#trials.length) await this.sync(); // another process made those between
    this.#patches.set(trial.number, ++this.#tick);
    this.#place(trial);
  }

  /** The number of a trial when retries are not counted: the one it has in a run that nothing disturbs. */
  placeOf({ number }: TrialRecord): number {
    return this.#places[number]!;
  }

  get finished(): number {
    return this.#counts.complete + this.#counts.pruned;
  }

  get nextDraw(): number {
    return this.#nextDraw;
  }

  get hasWaiting(): boolean {
    return this.#counts.waiting > 0;
  }

  /** The trials that count, ascending by number: all but ignored ones. */
  get counted(): readonly TrialRecord[] {
    return this.#marks.size === 0 ? this.#trials : this.#trials.filter((trial) => !isIgnored(trial));
  }

  /**
   * Finished trials for a sampler, and those that failed by themselves (`isLesson`), numbered and ordered as in a run that
   * nothing disturbs.
   */
  history(): readonly Observation[] {
    return this.#inPlace(this.counted.filter((trial) => isFinished(trial.state) || this.#isLastLesson(trial)));
  }

  /** A failure that was retried is for its retry to tell. */
  #isLastLesson(trial: TrialRecord): boolean {
    return isLesson(trial) && this.#latestAttempt.get(trial.retryOf ?? trial.number) === trial.number;
  }

  /** Running trials for a sampler, but for one, numbered likewise; those whose parameters are still being made are left out. */
  runningBeside(number: number): readonly Observation[] {
    const running = this.counted.filter((trial) => trial.state === 'running' && trial.number !== number);
    return this.#inPlace(running.filter(({ params }) => Object.keys(params).length > 0));
  }

  /** All attempts at a trial's configuration, this one included. */
  attempts({ number, retryOf }: Pick<TrialRecord, 'number' | 'retryOf'>): readonly TrialRecord[] {
    const first = retryOf ?? number;
    return this.#trials.filter((other) => (other.retryOf ?? other.number) === first);
  }

  #inPlace(trials: readonly TrialRecord[]): readonly Observation[] {
    const placed = trials.map((trial) => this.#shownToSamplers(trial)).filter(isObservation);
    const isAscending = placed.every((trial, i) => i === 0 || placed[i - 1]!.number < trial.number);
    return isAscending ? placed : placed.sort((a, b) => a.number - b.number);
  }

  #shownToSamplers(trial: TrialRecord): TrialRecord {
    const number = this.placeOf(trial);
    if (number === trial.number && trial.state !== 'failed') return trial;
    const known = this.#shown.get(trial);
    if (known !== undefined) return known;
    const shown = { ...(trial.state === 'failed' ? asLesson(trial, this.#directions) : trial), number };
    this.#shown.set(trial, shown);
    return shown;
  }

  async #read(): Promise<void> {
    const started = this.#tick;
    const changing = [...this.#unsettled].filter((number) => !this.#own.has(number));
    for (const { from, limit } of unsettledRanges(changing, this.#trials.length)) {
      if (limit !== undefined) this.#take(await this.#store.readTrials(this.#studyId, { from, limit }), started);
      // In pieces: a study of a million trials leaves little room beside itself.
      else for await (const page of trialPages(this.#store, this.#studyId, { from })) this.#take(page, started);
    }
  }

  /** @param started the tick at which the read began */
  #take(trials: readonly TrialRecord[], started: number): void {
    for (const trial of trials) {
      if (this.#own.has(trial.number) && this.#trials[trial.number] !== undefined) continue;
      const patched = this.#patches.get(trial.number);
      if (patched !== undefined && patched > started) continue; // written after this read began
      if (this.#trials[trial.number] !== undefined && !this.#unsettled.has(trial.number)) continue;
      this.#patches.delete(trial.number);
      this.#place(trial);
    }
  }

  async #readMarks(): Promise<void> {
    const marks = await this.#store.readMarks(this.#studyId);
    for (const number of new Set([...this.#marks.keys(), ...marks.keys()])) {
      const trial = this.#trials[number];
      if (trial === undefined || isDeepStrictEqual(trial.marks, marks.get(number))) continue;
      const { marks: _, ...rest } = trial;
      const changed = marks.get(number);
      this.#trials[number] = changed === undefined ? rest : { ...rest, marks: changed };
    }
    this.#marks = marks;
  }

  #place(trial: TrialRecord): void {
    const before = this.#trials[trial.number];
    if (before !== undefined) this.#counts[before.state] -= 1;
    this.#counts[trial.state] += 1;
    this.#nextDraw = Math.max(this.#nextDraw, (trial.draw ?? -1) + 1);
    this.#trials[trial.number] = trial;
    const first = trial.retryOf ?? trial.number;
    this.#latestAttempt.set(first, Math.max(trial.number, this.#latestAttempt.get(first) ?? 0));
    if (isFinal(trial.state) && !this.#patches.has(trial.number)) this.#unsettled.delete(trial.number);
    else this.#unsettled.add(trial.number);
    this.#places[trial.number] ??= trial.retryOf === null ? this.#nextPlace++ : this.#places[trial.retryOf]!;
  }
}

function isObservation(trial: TrialRecord): trial is TrialRecord & Observation {
  return trial.state === 'running' || isFinished(trial.state);
}
