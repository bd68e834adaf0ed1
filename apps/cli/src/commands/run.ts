import { createPool } from '@assay/pool';
import { openStore } from '@assay/store';
import {
  type OptimizeOptions,
  openOrCreateStudy,
  optimize,
  type Prepared,
  type StopReason,
  type Study,
  StudyControls,
  type StudyStore,
} from '@assay/study';
import { EXIT } from '../exit-code.js';
import { watchInterrupts } from '../interrupts.js';
import { prepareStudy } from '../prepare-study.js';
import { type RunOptions, type RunPlan, readRunPlan } from '../run-plan.js';
import { type Fact, openRunScreen, requireJsonFormat } from '../run-screen.js';
import { runResult, runSummary } from '../run-summary.js';
import { type LoadedStudy, loadStudyFile, STUDY_IMPORTS } from '../study-file.js';
import { chooseWorkers, type WorkerChoice } from '../worker-choice.js';

interface Run {
  readonly typed: string;
  readonly options: RunOptions;
  readonly loaded: LoadedStudy;
  readonly plan: RunPlan;
  readonly prepared: Prepared<unknown>;
  readonly workers: WorkerChoice;
}

/** `assay run <study>`: runs a study, or resumes it. */
export async function run(typed: string, options: RunOptions): Promise<void> {
  requireJsonFormat(options.json);
  const loaded = await loadStudyFile(typed);
  const plan = readRunPlan(options, loaded.spec);
  const prepared = await prepareStudy(loaded.spec, { engine: options.engine, maxBad: plan.maxBad });
  const store = await openStore(options.store);
  try {
    process.exitCode = await runInStore(store, {
      typed,
      options,
      loaded,
      plan,
      prepared,
      workers: chooseWorkers(plan.workers),
    });
  } finally {
    await store.close();
  }
}

async function runInStore(store: StudyStore, run: Run): Promise<number> {
  const { typed, options, loaded, plan, prepared, workers } = run;
  const startedMs = performance.now();
  const study = await openStudy(store, run);
  const pool = await createPool({
    studyUrl: loaded.url,
    imports: STUDY_IMPORTS,
    data: prepared.data,
    workers: workers.workers,
  });
  const controls = new StudyControls();
  const leave = (code: number): void => void pool.close().finally(() => process.exit(code));
  const interrupts = watchInterrupts(controls, leave);
  const screen = await openRunScreen({
    study,
    store,
    controls,
    plan,
    options,
    facts: factsOf(study, store, run),
    leave,
  });
  try {
    const reason = await optimize(study, pool, limits(plan, controls));
    await screen.left();
    await screen.close();
    const trials = await study.trials();
    const end = { study: study.record, trials, reason, elapsedMs: performance.now() - startedMs, typed };
    process.stderr.write(runSummary(end));
    if (options.json === true) process.stdout.write(`${JSON.stringify(runResult(end), null, 2)}\n`);
    return exitCode(reason, interrupts.exitCode());
  } finally {
    await screen.close();
    interrupts.dispose();
    await pool.close();
  }
}

/** Opens the study, and enqueues the default configuration in a new one. */
async function openStudy(store: StudyStore, { loaded, plan, prepared }: Run): Promise<Study<unknown>> {
  const { spec, file } = loaded;
  const isNew = (await store.findStudy(plan.name)) === null;
  const study = await openOrCreateStudy({
    store,
    name: plan.name,
    space: spec.space,
    directions: spec.directions,
    metrics: spec.metrics,
    sampler: plan.sampler,
    pruner: plan.pruner,
    facts: { ...prepared.facts, studyFile: file },
    ...(plan.seed !== undefined && { seed: plan.seed }),
  });
  if (isNew && spec.defaults !== undefined) await study.enqueue(spec.defaults);
  return study;
}

function limits(plan: RunPlan, controls: StudyControls): OptimizeOptions {
  const { trials, until, timeoutMs, maxFailures, trialTimeLimitMs } = plan;
  return {
    controls,
    trials,
    until,
    timeoutMs,
    maxFailures,
    ...(trialTimeLimitMs !== null && { trialTimeLimitMs }),
  };
}

/** What the screen says about the run before its first trial. */
function factsOf(study: Study<unknown>, store: StudyStore, { plan, prepared, workers }: Run): Fact[] {
  const { sampler, pruner } = plan;
  const prepareFacts = Object.entries(prepared.facts).map(([label, value]) => ({ label, value: String(value) }));
  return [
    { label: 'study', value: study.name },
    ...prepareFacts,
    { label: 'sampler', value: sampler.name },
    { label: 'pruner', value: pruner.name },
    { label: 'seed', value: String(study.record.definition?.seed ?? 'none stored') },
    { label: 'workers', value: `${workers.workers} (${workers.why})` },
    { label: 'store', value: store.url },
  ];
}

function exitCode(reason: StopReason, interrupted: number | null): number {
  if (reason === 'interrupted') return interrupted ?? EXIT.interrupted;
  return reason === 'max-failures' ? EXIT.failed : EXIT.done;
}
