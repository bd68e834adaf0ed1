import { createPool } from '@assay/pool';
import { createPruner } from '@assay/pruner';
import { createSampler } from '@assay/sampler';
import { openStore } from '@assay/store';
import {
  isFinished,
  loadStudy,
  openOrCreateStudy,
  optimize,
  type Prepared,
  type RetryLimits,
  type Study,
  StudyControls,
  type StudyOptions,
  type StudyStore,
  type TrialRecord,
} from '@assay/study';
import { formatJson } from '../format/json.js';
import { watchInterrupts } from '../interrupts.js';
import { leaveAtOnce } from '../leave-at-once.js';
import { prepareStudy } from '../prepare-study.js';
import { type RunEnd, runExitCode, runResult } from '../run-end.js';
import { runFacts } from '../run-facts.js';
import { optimizeOptions, type RunOptions, readRunPlan } from '../run-plan.js';
import type { RunRequest } from '../run-request.js';
import { openRunScreen } from '../run-screen.js';
import { nothingToDo, resumeHint, runSummary } from '../run-summary.js';
import { dataFacts, requireSameData } from '../same-data.js';
import { loadStudyFile, STUDY_IMPORTS } from '../study-file.js';
import { chooseWorkers } from '../worker-choice.js';

/**
 * A process that dies is nearly always somebody's doing (`kill -9`, the power, a rented machine that was taken back), and
 * losing a configuration for that would break the promise that a resumed study is the one that nobody disturbed. Ten deaths
 * in one and the same trial are the trial's doing, though: then the study must get past it.
 */
const RETRIES: RetryLimits = Object.freeze({ workerDeaths: 1, processDeaths: 10 });

/** `assay run <study>`: runs a study, or resumes it. */
export async function run(typed: string, options: RunOptions): Promise<void> {
  const loaded = await loadStudyFile(typed);
  const request = { typed, options, loaded, plan: readRunPlan(options, loaded.spec) };
  const store = await openStore(options.store);
  try {
    process.exitCode = await runInStore(store, request);
  } finally {
    await store.close();
  }
}

/** A stored study is opened, and refused where it must be, before anything is prepared for it. */
async function runInStore(store: StudyStore, request: RunRequest): Promise<number> {
  const { loaded, options, plan } = request;
  const exists = (await store.findStudy(plan.name)) !== null;
  const stored = exists ? await loadStudy(studyOptions(store, request)) : null;
  const before = (await stored?.trials()) ?? [];
  if (stored !== null && plan.until !== null && finishedIn(before) >= plan.until) {
    await stored.desk.reap();
    const end = { study: stored.record, before, trials: before, reason: 'until', elapsedMs: 0 } as const;
    return conclude(request, end, nothingToDo(end, request));
  }
  const prepared = await prepareStudy(loaded.spec, { engine: options.engine, maxBad: plan.maxBad });
  if (stored !== null) requireSameData(stored.record, dataFacts(prepared.facts));
  const study = stored ?? (await openOrCreateStudy(studyOptions(store, request, prepared)));
  await enqueueDefaults(study, request);
  return await runTrials(store, study, prepared, request);
}

async function runTrials(
  store: StudyStore,
  study: Study<unknown>,
  prepared: Prepared<unknown>,
  request: RunRequest,
): Promise<number> {
  const { loaded, plan } = request;
  const startedMs = performance.now();
  const before = await study.trials();
  const workers = chooseWorkers(plan.workers);
  const pool = await createPool({
    studyUrl: loaded.url,
    imports: STUDY_IMPORTS,
    data: prepared.data,
    workers: workers.workers,
    onLog: (line) => study.desk.events.log('info', line),
  });
  const controls = new StudyControls();
  const resume = resumeHint(request, finishedIn(before));
  const leave = leaveAtOnce(study, resume);
  const interrupts = watchInterrupts(controls, leave);
  const facts = runFacts(study, store, prepared, workers);
  try {
    const screen = await openRunScreen({ study, store, controls, request, facts, leave });
    const reason = await optimize(study, pool, optimizeOptions(plan, controls))
      .then((ended) => screen.left().then(() => ended))
      .finally(screen.close);
    const elapsedMs = performance.now() - startedMs;
    const end = { study: study.record, before, trials: await study.trials(), reason, elapsedMs };
    return conclude(request, end, runSummary(end, request, resume), interrupts.exitCode());
  } finally {
    interrupts.dispose();
    await pool.close();
  }
}

/** What a person reads goes to stderr, and the result to stdout where it was asked for. Returns the exit code. */
function conclude({ plan }: RunRequest, end: RunEnd, text: string, interrupted: number | null = null): number {
  process.stderr.write(text);
  if (plan.json === 'json') process.stdout.write(formatJson(runResult(end)));
  return runExitCode(end, interrupted);
}

function studyOptions(store: StudyStore, request: RunRequest, prepared?: Prepared<unknown>): StudyOptions<unknown> {
  const { loaded, plan } = request;
  const { space, directions, metrics } = loaded.spec;
  return {
    store,
    name: plan.name,
    space,
    directions,
    metrics,
    ...samplingOptions(request, prepared !== undefined),
    facts: { ...prepared?.facts, studyFile: loaded.file },
    retries: RETRIES,
    ...(plan.seed !== undefined && { seed: plan.seed }),
  };
}

/** The flag; else what is stored; for a new study what its file says, or TPE without a pruner. */
function samplingOptions(
  { plan, loaded }: RunRequest,
  isNew: boolean,
): Pick<StudyOptions<unknown>, 'sampler' | 'pruner'> {
  const sampler = plan.sampler ?? (isNew ? createSampler(loaded.spec.sampler ?? 'tpe') : null);
  const pruner = plan.pruner ?? (isNew ? createPruner(loaded.spec.pruner ?? 'none') : null);
  return { ...(sampler !== null && { sampler }), ...(pruner !== null && { pruner }) };
}

/** Also when an earlier run was killed right after it had created the study. */
async function enqueueDefaults(study: Study<unknown>, { loaded }: RunRequest): Promise<void> {
  const { defaults } = loaded.spec;
  if (defaults !== undefined && (await study.trials()).length === 0) await study.enqueue(defaults);
}

function finishedIn(trials: readonly TrialRecord[]): number {
  return trials.filter(({ state }) => isFinished(state)).length;
}
