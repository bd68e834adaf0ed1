import type { Space } from '@assay/space';
import { objectiveOutcome, stoppedOutcome, thrownOutcome } from './objective-outcome.js';
import { runRepeats } from './run-repeats.js';
import type { NativeGate, StudySpec, Trial } from './study-spec.js';
import type { TrialOutcome, TrialTask } from './trial-executor.js';

/** What of a study it takes to run one trial. */
export interface ObjectiveSpec<P, D> extends Pick<StudySpec<P, D>, 'objective' | 'metrics'> {
  readonly space: Pick<Space<P>, 'decode'>;
}

/** A trial's line to the study, from wherever its objective runs. */
export interface TrialReports {
  report(step: number, value: number): Promise<'keep' | 'stop'>;
  /** Asks whether to go on, without a report: nothing is stored, and no pruner is asked. */
  checkIn(): Promise<'keep' | 'stop'>;
  /** Whether a report or a check-in was answered with `stop` by the study. */
  readonly stopped: boolean;
  /** Resolves when everything asked is answered, also what the objective did not wait for. */
  settled(): Promise<void>;
}

/** What an executor lends to a trial. */
export interface TrialHost<D> {
  readonly data: D;
  readonly gate: NativeGate;
  readonly reports: TrialReports;
  log(line: string): void;
}

/** Runs a trial's objective, once or as often as its task says: the same in every executor. Never rejects. */
export async function runObjective<P, D>(
  { objective, space, metrics }: ObjectiveSpec<P, D>,
  task: TrialTask,
  host: TrialHost<D>,
): Promise<TrialOutcome> {
  const { number, params: values, seed, repeats } = task;
  const { data, gate, reports } = host;
  try {
    const trial: Trial<P, D> = {
      number,
      params: space.decode(values),
      values,
      seed,
      repeat: 0,
      data,
      gate,
      report: (step, value) => reports.report(step, value),
      log: (line) => host.log(line),
    };
    if (repeats !== null) return await runRepeats(trial, repeats, reports, objective, metrics);
    const result: unknown = await objective(trial);
    await reports.settled();
    return reports.stopped ? stoppedOutcome(result) : objectiveOutcome(result, metrics);
  } catch (error) {
    return thrownOutcome(error);
  }
}
