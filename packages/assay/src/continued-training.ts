import { openDataset } from '@assay/preprocessing';
import {
  defaultMetric,
  type Engine,
  type EngineChoice,
  type ErrorMetric,
  fitIncremental,
  type ModelDescription,
  type ModelState,
  metricOf,
  type RowShards,
  type Scores,
  scoreRows,
  selectEngine,
  shardedData,
} from '@assay/training';
import { scoreSplit, usable } from './final-training.js';
import { factsOf } from './table-data.js';
import { visitPlan } from './table-objective.js';
import type { TableWorkload } from './table-study.js';

export interface ContinuedTrainingOptions<P> {
  readonly table: TableWorkload<P>;
  readonly params: P;
  readonly seed: number;
  readonly engine: EngineChoice;
  /** Where the model stands: {@link FinalTraining.state}. */
  readonly state: ModelState;
  /** The prepared dataset that the model was trained on. */
  readonly oldDir: string;
  /** Newer rows, prepared by the same recipe with what it learned from the old ones. */
  readonly newDir: string;
  /** Part of the trial's learning rate, constant to the end. Default: {@link CONTINUED_RATE}. */
  readonly rate?: number;
  readonly onReport?: (step: number, value: number) => void;
  /** Ends training before the next shard; rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** Errors on test rows; null where there are none. */
export interface OldAndNew {
  readonly old: Scores | null;
  readonly new: Scores | null;
}

export interface ContinuedTraining {
  readonly model: ModelDescription;
  readonly state: ModelState;
  readonly before: OldAndNew;
  readonly after: OldAndNew;
  /** In shards of new rows; 0: no step was better on the new validation rows, and the weights are as they were. */
  readonly bestStep: number;
  readonly engine: string;
}

/** A tenth, as is usual for fine-tuning: the weights are near a good place, and a schedule's end has made its steps small. */
export const CONTINUED_RATE = 0.1;

/**
 * Trains a finished model on with newer rows: the same network and statistics, the optimizer's state kept, at a constant lower
 * rate, stopping on the newer validation rows. The old weights stay where no step beats them.
 * @throws {FinalTrainingError} when training diverges
 * @throws {TrainingError} `BAD_STATE` when the state is another network's
 * @throws {PreprocessingError} for a dataset that is gone or damaged
 */
export async function continueTraining<P>(options: ContinuedTrainingOptions<P>): Promise<ContinuedTraining> {
  const { table, params, seed, state, signal, onReport } = options;
  const [oldRows, newRows] = [await openDataset(options.oldDir), await openDataset(options.newDir)];
  const { engine } = await selectEngine(options.engine);
  const shardRows = newRows.manifest.splits.train.shards.map(({ rows }) => rows);
  const fit = table.fit(params, { ...factsOf(oldRows.manifest), shardRows });
  const rate = fit.training.schedule.rate * (options.rate ?? CONTINUED_RATE);
  const scores = async (weights: ModelState): Promise<OldAndNew> => ({
    old: await scoreSplit(engine, fit.model, weights, oldRows, 'test'),
    new: await scoreSplit(engine, fit.model, weights, newRows, 'test'),
  });
  const before = await scores(state);
  const data = shardedData(newRows);
  const plan = visitPlan(fit, table, seed, data.shardCount);
  const startValue = await validationValue(engine, fit.model, state, data.validation, plan.metric);
  const result = usable(
    await fitIncremental({
      engine,
      model: fit.model,
      training: { ...fit.training, schedule: { kind: 'constant', rate } },
      data,
      plan,
      checkpoint: { state, history: [], best: null },
      onReport: ({ step, value }) => {
        onReport?.(step, value);
        return 'keep';
      },
      ...(signal && { signal }),
    }),
  );
  const isBetter = result.best.value < startValue;
  const kept = isBetter ? { ...result.state, ...result.weights } : state;
  const after = isBetter ? await scores(kept) : before;
  return {
    model: fit.model,
    state: kept,
    before,
    after,
    bestStep: isBetter ? result.best.step : 0,
    engine: engine.name,
  };
}

/** What a report says of weights: an error where smaller is better. */
async function validationValue(
  engine: Engine,
  model: ModelDescription,
  weights: ModelState,
  rows: RowShards,
  metric: ErrorMetric = defaultMetric(model.label),
): Promise<number> {
  const predictor = await engine.createPredictor({ model, weights });
  try {
    return metricOf(await scoreRows(predictor, model.label, rows), metric);
  } finally {
    await predictor.dispose();
  }
}
