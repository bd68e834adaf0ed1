import { reportedObjective } from './reported-objective.js';
import { StoreError } from './store-error.js';
import type { StudyControls } from './study-controls.js';
import { DEFINITION_DEFAULTS } from './study-definition.js';
import type { StudyRecord } from './study-store.js';
import type { TrialDesk } from './trial-desk.js';
import { endingOf, interrupted, type StopCause, withRetry } from './trial-ending.js';
import type { RepeatPlan, TrialExecutor, TrialHooks } from './trial-executor.js';
import type { TrialRecord } from './trial-record.js';
import { trialSeed } from './trial-seed.js';

/** What running a trial takes. */
export interface TrialRunner {
  readonly desk: TrialDesk;
  readonly executor: TrialExecutor;
  readonly controls: StudyControls;
  readonly timeLimitMs: number | null;
}

/** How it went. */
export interface TrialRun {
  readonly trial: TrialRecord;
  /** It was enqueued again. */
  readonly retried: boolean;
}

/**
 * Runs one trial to its stored end.
 * @throws what the executor rejects with when it is broken (the trial is then enqueued again), or the store
 */
export async function runTrial(runner: TrialRunner, trial: TrialRecord): Promise<TrialRun> {
  const { desk, executor, controls, timeLimitMs } = runner;
  const { number, params } = trial;
  const repeats = repeatPlan(desk.setup.study);
  const reports = new ReportLine(runner, number, repeats === null ? null : repeats.count - 1);
  const task = { number, params, seed: trialSeed(desk.setup.seed, trial), repeats };
  const onReport: TrialHooks['onReport'] = (step, value) => reports.add(step, value);
  const onCheckIn: TrialHooks['onCheckIn'] = () => reports.checkIn();
  const onLog: TrialHooks['onLog'] = (line) => desk.events.emit({ type: 'trial-log', number, line });
  let outcome: Awaited<ReturnType<TrialExecutor['run']>>;
  try {
    outcome = await controls.whileStoppable(number, (signal) =>
      executor.run(task, { onReport, onCheckIn, onLog, signal, timeLimitMs }),
    );
    await reports.settled();
  } catch (error) {
    await desk.finish(number, interrupted(`the executor failed: ${error}`));
    throw error;
  }
  const { directions } = desk.setup.study;
  const ending = endingOf(outcome, { directions, reports: desk.trial(number).reports, stop: reports.stop });
  const final = withRetry(ending, desk.view.attempts(trial), desk.setup.retries);
  return { trial: await desk.finish(number, final), retried: final.retry };
}

/** Null for a study without repeats. */
function repeatPlan(study: StudyRecord): RepeatPlan | null {
  const { repeats } = study.definition ?? DEFINITION_DEFAULTS;
  return repeats.count === 1 ? null : { ...repeats, reported: reportedObjective(study) ?? 0 };
}

/** The reports of one running trial, handled one after the other, also when the objective does not wait for the answer. */
class ReportLine {
  readonly #runner: TrialRunner;
  readonly #number: number;
  readonly #lastStep: number | null;
  #stop: StopCause | null = null;
  #last: Promise<unknown> = Promise.resolve();

  /** @param lastStep the report after which nothing is left to stop; null where nobody knows */
  constructor(runner: TrialRunner, number: number, lastStep: number | null) {
    this.#runner = runner;
    this.#number = number;
    this.#lastStep = lastStep;
  }

  /** Why the trial was told to stop, null when it was not. The first cause stays. */
  get stop(): StopCause | null {
    return this.#stop;
  }

  /** Never rejects: an objective has no part in the store's troubles. */
  add(step: number, value: number): Promise<'keep' | 'stop'> {
    return this.#inTurn(async () => {
      this.#stop ??= reportProblem(step, value) ?? (await this.#store(step, value));
      if (step !== this.#lastStep) this.#stop ??= this.#interruption() ?? (await this.#judge());
    });
  }

  checkIn(): Promise<'keep' | 'stop'> {
    return this.#inTurn(async () => {
      this.#stop ??= this.#interruption();
    });
  }

  async settled(): Promise<void> {
    await this.#last;
  }

  #inTurn(handle: () => Promise<void>): Promise<'keep' | 'stop'> {
    const answer = this.#last.then(handle).then(() => (this.#stop === null ? 'keep' : 'stop'));
    this.#last = answer;
    return answer;
  }

  #interruption(): StopCause | null {
    return this.#runner.controls.stopping === 'at-next-report' ? { kind: 'interrupted' } : null;
  }

  async #store(step: number, value: number): Promise<StopCause | null> {
    try {
      await this.#runner.desk.report(this.#number, { step, value });
      return null;
    } catch (error) {
      return this.#troubled(error);
    }
  }

  async #judge(): Promise<StopCause | null> {
    try {
      const { prune, reason } = await this.#runner.desk.judge(this.#number);
      return prune ? { kind: 'pruned', message: reason ?? 'the pruner stopped it' } : null;
    } catch (error) {
      return this.#troubled(error);
    }
  }

  /** A lost trial need not go on. Otherwise a report is worth less than the trial: its end will show what the store can do. */
  #troubled(error: unknown): StopCause | null {
    this.#runner.desk.events.log('warning', `a report of trial ${this.#number} was not stored: ${error}`);
    return error instanceof StoreError && error.code === 'LEASE_LOST' ? { kind: 'interrupted' } : null;
  }
}

function reportProblem(step: number, value: number): StopCause | null {
  if (!Number.isInteger(step) || step < 0) {
    return { kind: 'invalid-report', message: `report: the step must be a non-negative integer, got ${step}` };
  }
  if (typeof value === 'number') return null;
  return { kind: 'invalid-report', message: `report: the value must be a number, got ${typeof value}` };
}
