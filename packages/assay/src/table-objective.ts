import type { ObjectiveResult, Trial } from '@assay/study';
import { type FitPlan, type FitResult, fitIncremental, selectEngine, shardedData } from '@assay/training';
import { factsOf, openTableData, type TableData } from './table-data.js';
import { foldsOf } from './table-folds.js';
import type { TableFit, TableWorkload } from './table-study.js';

/**
 * One trial: trains the parameters' network shard by shard, reporting the validation error after each, or after some where there
 * are many. In a study with folds, on one of them.
 */
export async function trainTrial<P>(table: TableWorkload<P>, trial: Trial<P, TableData>): Promise<ObjectiveResult> {
  const dataset = await openTableData(trial.data);
  const { engine } = await selectEngine(trial.data.engine, trial.gate);
  const facts = factsOf(dataset.manifest);
  const { data, shardRows } =
    table.folds === undefined
      ? { data: shardedData(dataset), shardRows: facts.shardRows }
      : (await foldsOf(dataset, table.folds))(trial.repeat % table.folds);
  const fit = table.fit(trial.params, { ...facts, shardRows });
  const result = await fitIncremental({
    engine,
    model: fit.model,
    training: fit.training,
    data,
    plan: visitPlan(fit, table, trial.seed, data.shardCount),
    onReport: ({ step, value }) => trial.report(step, value),
  });
  return outcome(result);
}

/** At most: enough to prune and to stop by, and with many shards validation takes no more time than training. */
const REPORTS_PER_PASS = 100;

/** Patience is counted in passes by people and in reports by the fit; the first pass does not count. */
export function visitPlan(
  { passes, epochsPerShard, mixedShards = 1, patiencePasses }: TableFit,
  { metric = 'mae' }: Pick<TableWorkload<unknown>, 'metric'>,
  seed: number,
  shards: number,
): FitPlan {
  const visitsPerPass = shards * epochsPerShard;
  const visitsPerReport = Math.ceil(visitsPerPass / REPORTS_PER_PASS);
  const reportsPerPass = Math.ceil(visitsPerPass / visitsPerReport);
  const patience = patiencePasses === null ? null : patiencePasses * reportsPerPass;
  const rhythm = { visitsPerReport, patience, patienceAfter: reportsPerPass };
  return { seed, passes, epochsPerShard, mixedShards, ...rhythm, keep: 'best', metric };
}

/** A diverged training has no number to give: NaN says so to the study. */
function outcome(result: FitResult): ObjectiveResult {
  const { steps, seconds } = result;
  if (result.kind === 'diverged') return { values: [Number.NaN], attributes: { optimizerSteps: steps } };
  return {
    values: [result.best.value],
    attributes: { optimizerSteps: steps, trainingSeconds: Number(seconds.toFixed(3)), bestStep: result.best.step },
  };
}
