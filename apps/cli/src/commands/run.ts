import { countTrials, loadStudy, type Prepared, type Study, type StudyStore } from '@assay/study';
import { awaitWritableStore } from '../await-study.js';
import { formatJson } from '../format/json.js';
import { ownTrials } from '../own-trials.js';
import { prepareStudy } from '../prepare-study.js';
import { finishedIn, type RunEnd, readStanding, runExitCode, runResult, standingOf } from '../run-end.js';
import { runFacts } from '../run-facts.js';
import { runOnWorkers } from '../run-on-workers.js';
import { type RunOptions, readRunPlan, runLimits } from '../run-plan.js';
import type { RunRequest } from '../run-request.js';
import { openRunScreen, TO_STDERR } from '../run-screen.js';
import { chosenSampling, planNewStudy, storedStudyOptions } from '../run-study.js';
import { nothingToDo, resumeHint, runSummary } from '../run-summary.js';
import { dataFacts, requireSameData } from '../same-data.js';
import { loadStudyFile } from '../study-file.js';
import { requireWarmStarted } from '../warm-start.js';
import { chooseWorkers } from '../worker-choice.js';

/** `assay run <study>`: runs a study, or resumes it. */
export async function run(typed: string, options: RunOptions): Promise<void> {
  const loaded = await loadStudyFile(typed);
  const request = { typed, options, loaded, plan: readRunPlan(options, loaded.spec) };
  const store = await awaitWritableStore(options.store, { waitMs: request.plan.waitMs, say: TO_STDERR.write });
  try {
    process.exitCode = await runInStore(store, request);
  } finally {
    await store.close();
  }
}

/** A study is opened, and refused where it must be, before anything is prepared for it. */
async function runInStore(store: StudyStore, request: RunRequest): Promise<number> {
  const { loaded, options, plan } = request;
  const stored = await openStored(store, request);
  const open = stored === null ? await planNewStudy(store, request) : async () => stored;
  if (stored !== null && plan.until !== null && (await finishedTrials(store, stored)) >= plan.until) {
    await stored.desk.reap();
    const standing = await readStanding(store, stored.record);
    const nothing = { reason: 'until', elapsedMs: 0, elsewhere: 0 } as const;
    const end = { study: stored.record, before: standing.counts, standing, ...nothing };
    return conclude(request, end, nothingToDo(end, request));
  }
  const prepared = await prepareStudy(loaded.spec, {
    engine: options.engine,
    maxBad: plan.maxBad,
    reader: options.reader,
  });
  if (stored !== null) requireSameData(stored.record, dataFacts(prepared.facts));
  return await runTrials(store, await open(prepared), prepared, request);
}

async function finishedTrials(store: StudyStore, { record }: Study<unknown>): Promise<number> {
  return finishedIn(await store.countTrials(record.id));
}

async function openStored(store: StudyStore, request: RunRequest): Promise<Study<unknown> | null> {
  const { name, warmStart } = request.plan;
  const record = await store.findStudy(name);
  if (record === null) return null;
  if (warmStart !== null) requireWarmStarted(record, warmStart);
  const sampling = record.definition === null ? chosenSampling(request.loaded.spec, request.plan) : {};
  return await loadStudy({ ...storedStudyOptions(store, request), ...sampling });
}

async function runTrials(
  store: StudyStore,
  study: Study<unknown>,
  prepared: Prepared<unknown>,
  request: RunRequest,
): Promise<number> {
  const { loaded, plan } = request;
  const before = countTrials(await study.trials());
  const own = ownTrials(study);
  const workers = chooseWorkers(plan.workers);
  const finishedBefore = finishedIn(before);
  const resume = resumeHint(request, finishedBefore);
  const facts = runFacts(study, store, prepared, workers);
  const { reason, elapsedMs, interrupted } = await runOnWorkers({
    ...{ study, loaded, prepared, workers: workers.workers, limits: runLimits(plan), resume },
    openScreen: (controls, leave) => openRunScreen({ study, store, controls, request, facts, finishedBefore, leave }),
  });
  const trials = await study.trials();
  const elsewhere = finishedIn(countTrials(trials.filter(({ number }) => !own.has(number)))) - finishedBefore;
  const end = { study: study.record, before, standing: standingOf(study.record, trials), reason, elapsedMs, elsewhere };
  return conclude(request, end, runSummary(end, request, resume), interrupted);
}

/** What a person reads goes to stderr, and the result to stdout where it was asked for. Returns the exit code. */
function conclude({ plan }: RunRequest, end: RunEnd, text: string, interrupted: number | null = null): number {
  process.stderr.write(text);
  if (plan.json === 'json') process.stdout.write(formatJson(runResult(end)));
  const { before, standing, reason } = end;
  return runExitCode({ before, now: standing.counts, reason }, interrupted);
}
