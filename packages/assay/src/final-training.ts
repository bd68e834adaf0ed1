import { rm } from 'node:fs/promises';
import path from 'node:path';
import { type Dataset, openDataset } from '@assay/preprocessing';
import {
  CheckpointKeeper,
  checkpointKey,
  type Engine,
  type FitCheckpoint,
  type FitOptions,
  type FitResult,
  fitIncremental,
  type ModelDescription,
  type ModelState,
  type ModelWeights,
  type Scores,
  scoreRows,
  selectEngine,
  shardedData,
  splitShards,
} from '@assay/training';
import { factsOf } from './table-data.js';
import { visitPlan } from './table-objective.js';
import type { TableFit, TableWorkload } from './table-study.js';

export interface FinalTrainingOptions<P> {
  readonly table: TableWorkload<P>;
  /** A prepared dataset's folder. */
  readonly dir: string;
  readonly params: P;
  /** The trial's training seed: the same network, trained the same way. */
  readonly seed: number;
  readonly engine: 'auto' | 'onnx' | 'tfjs' | 'webgpu';
  /** Train once more, on training and validation rows together, for as many passes as the first training's best took. */
  readonly refit: boolean;
  readonly onReport?: (stage: TrainingStage, step: number, value: number) => void;
  /**
   * Where each stage keeps its checkpoint while it runs. A process that was killed goes on from there, and ends bit for bit as
   * if it had not been; with other parameters, rows or engine it starts over. Default: none is kept.
   */
  readonly checkpoints?: { readonly dir: string; readonly everyMs: number };
  /** Called when a stage goes on from a checkpoint. */
  readonly onResume?: (stage: TrainingStage, step: number) => void;
  /** Ends training before the next shard, after its checkpoint is written; rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

type TrainingStage = 'training' | 'refit';

export interface Stage {
  readonly name: string;
  readonly seconds: number;
  /** Largest resident memory of the process so far. */
  readonly peakBytes: number;
}

export interface FinalTraining {
  readonly model: ModelDescription;
  readonly weights: ModelWeights;
  /** The weights with the optimizer's slots of the last step: what {@link continueTraining} starts from. */
  readonly state: ModelState;
  /** Null after a refit: no row is held out but the test rows. */
  readonly validation: Scores | null;
  /** On the rows that no trial has seen; null when the recipe keeps none. */
  readonly test: Scores | null;
  /** In shards of training rows. */
  readonly bestStep: number;
  readonly stages: readonly Stage[];
  readonly engine: string;
}

/** A final training that came to no usable weights. */
export class FinalTrainingError extends Error {
  override readonly name = 'FinalTrainingError';
  readonly code = 'DIVERGED';

  constructor(step: number) {
    super(`training diverged after ${step} reports: a loss or a validation value was not finite. Take another trial.`);
  }
}

/**
 * Trains a trial's network again, stopping on the validation rows, and scores the test rows.
 * @throws {FinalTrainingError} when training diverges
 * @throws {TrainingError} @throws {PreprocessingError} for a dataset that is gone or damaged
 */
export async function trainFinal<P>(options: FinalTrainingOptions<P>): Promise<FinalTraining> {
  const clock = new StageClock();
  const dataset = await openDataset(options.dir);
  const { engine } = await selectEngine(options.engine);
  const fit = options.table.fit(options.params, factsOf(dataset.manifest));
  const first = usable(await fitOn(engine, dataset, fit, options));
  clock.lap('training');
  const last = options.refit ? await refit(engine, dataset, options, first.best.step) : first;
  const { weights } = last;
  if (options.refit) clock.lap('refit');
  const validation = options.refit ? null : await scoreSplit(engine, fit.model, weights, dataset, 'validation');
  const test = await scoreSplit(engine, fit.model, weights, dataset, 'test');
  clock.lap('scoring');
  return {
    model: fit.model,
    weights,
    state: { ...last.state, ...weights },
    validation,
    test,
    bestStep: first.best.step,
    stages: clock.stages,
    engine: engine.name,
  };
}

async function fitOn<P>(engine: Engine, dataset: Dataset, fit: TableFit, options: FinalTrainingOptions<P>) {
  const data = shardedData(dataset);
  return keepingCheckpoints('training', dataset, options, {
    engine,
    model: fit.model,
    training: fit.training,
    data,
    plan: visitPlan(fit, options.table, options.seed, data.shardCount),
    onReport: ({ step, value }) => {
      options.onReport?.('training', step, value);
      return 'keep';
    },
  });
}

/** Fits from the stage's last checkpoint, if there is one. The last one stays, also of a finished stage: the next may be cut off. */
async function keepingCheckpoints<P>(
  stage: TrainingStage,
  { manifest }: Dataset,
  { checkpoints, onResume, signal }: FinalTrainingOptions<P>,
  fit: FitOptions,
): Promise<FitResult> {
  const stoppable = { ...fit, ...(signal && { signal }) };
  if (checkpoints === undefined) return fitIncremental(stoppable);
  const { engine, model, training, plan } = fit;
  const key = checkpointKey({ stage, rows: manifest.key, engine: engine.name, model, training, plan });
  const keeper = new CheckpointKeeper({
    file: checkpointFile(checkpoints.dir, stage),
    key,
    everyMs: checkpoints.everyMs,
  });
  const last = await keeper.last();
  if (last !== null) onResume?.(stage, last.history.length);
  try {
    return await fitIncremental({ ...stoppable, ...from(last), onCheckpoint: (at) => keeper.offer(at) });
  } finally {
    await keeper.flush();
  }
}

function checkpointFile(dir: string, stage: TrainingStage): string {
  return path.join(dir, `${stage}.checkpoint`);
}

/** Deletes what {@link trainFinal} kept for going on: call it when the model is saved. */
export async function removeCheckpoints(dir: string): Promise<void> {
  for (const stage of ['training', 'refit'] as const) await rm(checkpointFile(dir, stage), { force: true });
}

function from(checkpoint: FitCheckpoint | null): Pick<FitOptions, 'checkpoint'> {
  return checkpoint === null ? {} : { checkpoint };
}

/** The same plan on training and validation shards, ended after the passes that the first training's best had seen. */
async function refit<P>(
  engine: Engine,
  dataset: Dataset,
  options: FinalTrainingOptions<P>,
  bestStep: number,
): Promise<UsableFit> {
  const { train, validation } = dataset.manifest.splits;
  const shardRows = [...train.shards, ...validation.shards].map(({ rows }) => rows);
  const fit = options.table.fit(options.params, { ...factsOf(dataset.manifest), shardRows });
  const sources = (['train', 'validation'] as const).flatMap((split) =>
    dataset.manifest.splits[split].shards.map((_, index) => ({ split, index })),
  );
  const passes = bestStep / train.shards.length;
  const lastVisit = Math.max(1, Math.round(passes * (train.shards.length + validation.shards.length)));
  const result = await keepingCheckpoints('refit', dataset, options, {
    engine,
    model: fit.model,
    training: fit.training,
    data: {
      shardCount: sources.length,
      readShard: (at) => dataset.readShard(sources[at]!.split, sources[at]!.index),
      validation: splitShards(dataset, 'validation'),
    },
    plan: { ...visitPlan(fit, options.table, options.seed, sources.length), patience: null, keep: 'last' },
    onReport: ({ step, value }) => {
      options.onReport?.('refit', step, value);
      return step >= lastVisit ? 'stop' : 'keep';
    },
  });
  return usable(result);
}

type UsableFit = Exclude<FitResult, { readonly kind: 'diverged' }>;

/** @throws {FinalTrainingError} */
export function usable(result: FitResult): UsableFit {
  if (result.kind === 'diverged') throw new FinalTrainingError(result.history.length);
  return result;
}

/** Null for a split without rows. */
export async function scoreSplit(
  engine: Engine,
  model: ModelDescription,
  weights: ModelWeights,
  dataset: Dataset,
  split: 'validation' | 'test',
): Promise<Scores | null> {
  if (dataset.manifest.splits[split].rows === 0) return null;
  const predictor = await engine.createPredictor({ model, weights });
  try {
    return await scoreRows(predictor, model.label, splitShards(dataset, split));
  } finally {
    await predictor.dispose();
  }
}

class StageClock {
  readonly stages: Stage[] = [];
  #fromMs = performance.now();

  lap(name: string): void {
    const now = performance.now();
    const peakBytes = process.resourceUsage().maxRSS * 1024;
    this.stages.push({ name, seconds: (now - this.#fromMs) / 1000, peakBytes });
    this.#fromMs = now;
  }
}
