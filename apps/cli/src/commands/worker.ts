import { hostname } from 'node:os';
import {
  countTrials,
  loadStudy,
  type Prepared,
  type RetryLimits,
  type Study,
  StudyError,
  type StudyRecord,
} from '@assay/study';
import { type AwaitedStudy, awaitStudy } from '../await-study.js';
import { CliError } from '../cli-error.js';
import { formatDuration, parseDuration } from '../format/duration.js';
import { fraction, positiveInteger } from '../option-values.js';
import { ownTrials } from '../own-trials.js';
import { plainReporter } from '../plain-reporter.js';
import { prepareStudy } from '../prepare-study.js';
import { RETRIES, retryLimits } from '../retries.js';
import { finishedIn, runExitCode } from '../run-end.js';
import { runFacts } from '../run-facts.js';
import { runOnWorkers } from '../run-on-workers.js';
import { listen } from '../run-screen.js';
import { chosenSampling } from '../run-study.js';
import { STOP_REASONS } from '../run-summary.js';
import { dataFacts, requireSameData } from '../same-data.js';
import { type LoadedStudy, loadStoredStudyFile } from '../study-file.js';
import { chooseWorkers } from '../worker-choice.js';

interface WorkerOptions {
  readonly store: string;
  readonly workers?: string;
  readonly until?: string;
  readonly wait?: string;
  readonly grace: string;
  readonly studyFile?: string;
  readonly engine: 'auto' | 'onnx' | 'tfjs' | 'webgpu';
  readonly maxFailures: string;
  readonly maxRetries?: string;
  readonly trialTimeout?: string;
  readonly maxBad?: string;
}

interface WorkerPlan {
  readonly workers: number | null;
  /** Null: the study's goal. */
  readonly until: number | null;
  readonly waitMs: number;
  readonly graceMs: number;
  readonly maxFailures: number;
  readonly retries: RetryLimits;
  readonly trialTimeLimitMs: number | null;
  readonly maxBad: number | undefined;
}

type Say = (line: string) => void;

/** `assay worker [study]`: runs trials of a study that another process has made, with its own definition, until it is done. */
export async function worker(name: string | undefined, options: WorkerOptions): Promise<void> {
  const plan = readPlan(options);
  const host = hostname();
  const say: Say = (line) => void process.stderr.write(`${host}: ${line}\n`);
  const joined = await awaitStudy(options.store, name, { waitMs: plan.waitMs, say });
  try {
    process.exitCode = await join(joined, plan, options, say);
  } finally {
    await joined.store.close();
  }
}

function readPlan(options: WorkerOptions): WorkerPlan {
  const { workers, until, wait, grace, maxFailures, trialTimeout, maxBad } = options;
  return {
    workers: workers === undefined ? null : positiveInteger(workers, '--workers'),
    until: until === undefined ? null : positiveInteger(until, '--until'),
    waitMs: wait === undefined ? 0 : parseDuration(wait, '--wait'),
    graceMs: parseDuration(grace, '--grace'),
    maxFailures: positiveInteger(maxFailures, '--max-failures'),
    retries: retryLimits(options.maxRetries, RETRIES),
    trialTimeLimitMs: trialTimeout === undefined ? null : parseDuration(trialTimeout, '--trial-timeout'),
    maxBad: maxBad === undefined ? undefined : fraction(maxBad, '--max-bad'),
  };
}

async function join(joined: AwaitedStudy, plan: WorkerPlan, options: WorkerOptions, say: Say): Promise<number> {
  const { store, study: record } = joined;
  const until = plan.until ?? goalOf(record);
  const loaded = await loadStoredStudyFile(record, options.studyFile);
  const study = await openJoined(joined, loaded, plan.retries);
  await study.desk.reap();
  const counts = await store.countTrials(record.id);
  if (finishedIn(counts) >= until) {
    say(`study ${record.name} is done: ${finishedIn(counts)} of ${until} trials finished`);
    return runExitCode({ before: counts, now: counts, reason: 'until' }, null);
  }
  const prepared = await prepareStudy(loaded.spec, { engine: options.engine, maxBad: plan.maxBad });
  requireSameData(record, dataFacts(prepared.facts));
  for (const { label, value } of runFacts(study, store, prepared, chooseWorkers(plan.workers)))
    say(`${label} ${value}`);
  return await work({ study, loaded, prepared, until, plan, say });
}

/** How many trials the study was made for, or more where a later run went for more. @throws {CliError} `BAD_OPTION` */
function goalOf({ name, definition }: StudyRecord): number {
  const goal = definition?.goal ?? definition?.budget ?? null;
  if (goal !== null) return goal;
  throw new CliError(
    'BAD_OPTION',
    `Study '${name}' was made without a number of trials.`,
    '--until <n>  gives it one.',
  );
}

/** @throws {CliError} `OTHER_STUDY_FILE` when the file declares another space than the stored study's, ranges included */
async function openJoined(
  { store, study }: AwaitedStudy,
  { spec, file }: LoadedStudy,
  retries: RetryLimits,
): Promise<Study<unknown>> {
  const { space, directions } = spec;
  const sampling = study.definition === null ? chosenSampling(spec) : {};
  try {
    return await loadStudy({ store, name: study.name, space, directions, retries, changes: 'refuse', ...sampling });
  } catch (cause) {
    if (!(cause instanceof StudyError && cause.code === 'INCOMPATIBLE_STUDY')) throw cause;
    const hint = 'Bring the file that the study runs with here; --study-file <file>  says where it is.';
    throw new CliError('OTHER_STUDY_FILE', `${file} is not the study's file: ${cause.message}.`, hint, { cause });
  }
}

interface Work {
  readonly study: Study<unknown>;
  readonly loaded: LoadedStudy;
  readonly prepared: Prepared<unknown>;
  readonly until: number;
  readonly plan: WorkerPlan;
  readonly say: Say;
}

async function work({ study, loaded, prepared, until, plan, say }: Work): Promise<number> {
  const { maxFailures, trialTimeLimitMs, graceMs } = plan;
  const startedMs = performance.now();
  const before = countTrials(await study.trials());
  const own = ownTrials(study);
  const finished = (): number => study.desk.view.finished;
  const report = plainReporter({ study: study.record, finished, until, write: say, now: () => performance.now() });
  const { reason, interrupted } = await runOnWorkers({
    ...{ study, loaded, prepared, workers: chooseWorkers(plan.workers).workers },
    limits: { until, maxFailures, trialTimeLimitMs },
    resume: 'what was running is handed back, for any worker to try again\n',
    termination: { graceMs },
    openScreen: async () => listen(study, report),
  });
  const trials = await study.trials();
  const now = countTrials(trials);
  const here = finishedIn(countTrials(trials.filter(({ number }) => own.has(number))));
  const took = formatDuration(performance.now() - startedMs);
  say(`${finishedIn(now)} trials finished, ${here} of them here (${STOP_REASONS[reason]}, ${took})`);
  return runExitCode({ before, now, reason }, interrupted);
}
