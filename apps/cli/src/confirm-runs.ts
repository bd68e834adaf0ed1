import {
  CONFIRMED_TRIAL,
  countTrials,
  isFinal,
  type Prepared,
  type StopReason,
  type Study,
  type StudyListener,
  type TrialRecord,
} from '@assay/study';
import { plainReporter } from './plain-reporter.js';
import { finishedIn, runExitCode } from './run-end.js';
import { runOnWorkers } from './run-on-workers.js';
import { listen, TO_STDERR, writeFacts } from './run-screen.js';
import { STOP_REASONS } from './run-summary.js';
import type { LoadedStudy } from './study-file.js';
import { chooseWorkers } from './worker-choice.js';

/** How a study's best trials are run again. */
export interface ConfirmPlan {
  readonly top: number;
  readonly repeats: number;
  readonly workers: number | null;
  readonly maxFailures: number;
  readonly trialTimeLimitMs: number | null;
}

export interface ConfirmRuns {
  /** The companion study, with all runs enqueued that are missing. */
  readonly companion: Study<unknown>;
  readonly loaded: LoadedStudy;
  readonly prepared: Prepared<unknown>;
  readonly plan: ConfirmPlan;
  /** The command that goes on. */
  readonly resume: string;
}

/** Runs what is missing, in lines on stderr. Returns the exit code. */
export async function confirmRuns(runs: ConfirmRuns): Promise<number> {
  const { companion, loaded, prepared, plan, resume } = runs;
  const before = await companion.trials();
  const missing = before.filter(({ state }) => !isFinal(state));
  if (missing.length === 0) {
    process.stderr.write('All of these runs have been made already: nothing to do.\n');
    const counts = countTrials(before);
    return runExitCode({ before: counts, now: counts, reason: 'exhausted' }, null);
  }
  const workers = chooseWorkers(plan.workers);
  const { maxFailures, trialTimeLimitMs } = plan;
  const { reason, interrupted } = await runOnWorkers({
    ...{
      study: companion,
      loaded,
      prepared,
      workers: workers.workers,
      limits: { maxFailures, trialTimeLimitMs },
      resume,
    },
    openScreen: async () => {
      writeFacts([
        ...Object.entries(prepared.facts).map(([label, value]) => ({ label, value: String(value) })),
        { label: 'confirm', value: toGo(missing) },
        { label: 'workers', value: `${workers.workers} (${workers.why})` },
      ]);
      return listen(companion, linesOf(companion, finishedIn(countTrials(before)) + missing.length));
    },
  });
  const trials = await companion.trials();
  process.stderr.write(`${summary(before, trials, reason)}\n${reason === 'interrupted' ? resume : ''}`);
  return runExitCode({ before: countTrials(before), now: countTrials(trials), reason }, interrupted);
}

function toGo(missing: readonly TrialRecord[]): string {
  const trials = new Set(missing.map(({ attributes }) => attributes[CONFIRMED_TRIAL])).size;
  return `${countOf(missing.length, 'fresh run')} of ${countOf(trials, 'trial')} to go`;
}

/** Why it ended is said by the summary. */
function linesOf({ record, desk }: Study<unknown>, until: number): StudyListener {
  const nameOf = (trial: TrialRecord): string => runName(trial, desk.view.trials);
  const finished = (): number => desk.view.finished;
  const say = plainReporter({ study: record, finished, until, nameOf, showsBest: false, ...TO_STDERR });
  return (event) => {
    if (event.type !== 'study-stopped') say(event);
  };
}

function summary(before: readonly TrialRecord[], trials: readonly TrialRecord[], reason: StopReason): string {
  const [then, now] = [countTrials(before), countTrials(trials)];
  const made = finishedIn(now) - finishedIn(then);
  const failed = now.failed - then.failed;
  const left = trials.filter(({ state }) => state === 'waiting').length;
  const why = reason === 'exhausted' ? '' : ` (${STOP_REASONS[reason]}, ${left} to go)`;
  return `${countOf(made, 'fresh run')}, ${failed} failed${why}`;
}

function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

/** `run 2 of trial 17`: by the trial that is confirmed, not by the companion's own number. */
function runName({ number, retryOf, attributes }: TrialRecord, all: readonly TrialRecord[]): string {
  const confirms = attributes[CONFIRMED_TRIAL];
  const runs = all.filter((other) => other.attributes[CONFIRMED_TRIAL] === confirms && other.retryOf === null);
  const run = runs.findIndex((other) => other.number === (retryOf ?? number)) + 1;
  return `run ${run} of trial ${String(confirms)}`;
}
