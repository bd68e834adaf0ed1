import { type BatchPlan, dropoutPool, type EpochKey, planBatches } from './batch-plan.js';
import type { Chunk, Engine, Trainer } from './engine.js';
import { advance, type BestFit, type FitCheckpoint, type FitReport, reportsSinceBest } from './fit-progress.js';
import { initialState } from './initial-state.js';
import type { ErrorMetric } from './metrics.js';
import { MixedShards } from './mixed-shards.js';
import type { ModelDescription } from './model-description.js';
import type { ModelState, ModelWeights } from './model-state.js';
import { defaultMetric, metricOf, type RowShards, scoreRows } from './score-rows.js';
import type { TrainingDescription } from './training-description.js';
import { type VisitPlan, visitsOf } from './visit-plan.js';

/** Where the rows come from; the next shard is asked for while the engine works on one. */
export interface ShardedData extends RowShards {
  /** Read anew for every report: memory never holds all validation rows. */
  readonly validation: RowShards;
}

export interface FitPlan extends VisitPlan {
  /** What is reported, and what patience and the best weights go by. Default: mae, logLoss for classes. */
  readonly metric?: ErrorMetric;
  /** Visits between two validations; the last visit is followed by one too. Default: 1. */
  readonly visitsPerReport?: number;
  /** Training ends after this many reports in a row without a better value; null: never early. */
  readonly patience: number | null;
  /**
   * Reports at the start that patience does not look at: batch norm's running statistics begin far from the data's, so a
   * validation value before the first step can stay unbeaten for a whole pass. Default: 0.
   */
  readonly patienceAfter?: number;
  /** Which weights the result carries: the best validation's, or the last (for a refit of fixed length). */
  readonly keep: 'best' | 'last';
}

export interface FitOptions {
  readonly engine: Engine;
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
  readonly data: ShardedData;
  readonly plan: FitPlan;
  /**
   * Resume here, with the other options unchanged: the run ends bit for bit as if it had not been interrupted. With an empty
   * history and another training's last state, the plan begins from that state's weights, optimizer slots and step count (a
   * schedule that should begin anew says so with `from`).
   */
  readonly checkpoint?: FitCheckpoint;
  /** After every report. `stop` ends training at once. */
  readonly onReport?: (report: FitReport) => 'keep' | 'stop' | Promise<'keep' | 'stop'>;
  /** After every report that was answered with `keep`: what `checkpoint` takes. */
  readonly onCheckpoint?: (checkpoint: FitCheckpoint) => void | Promise<void>;
  /** Checked before every visit; aborting rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

interface FitSummary {
  readonly history: readonly FitReport[];
  /** Optimizer steps, also those before a resumed checkpoint. */
  readonly steps: number;
  /** Of this call. */
  readonly seconds: number;
}

/** How a training ended. */
export type FitResult =
  /** The plan was carried out, or patience ran out. */
  | (FitSummary & FittedModel & { readonly kind: 'complete'; readonly early: boolean })
  /** `onReport` answered stop. */
  | (FitSummary & FittedModel & { readonly kind: 'stopped' })
  /** A loss or a validation value was not finite. */
  | (FitSummary & { readonly kind: 'diverged'; readonly best: BestFit | null });

interface FittedModel {
  readonly best: BestFit;
  /** By `plan.keep`. */
  readonly weights: ModelWeights;
  /** After the last visit: with the optimizer's slots, so that training can go on with other rows. */
  readonly state: ModelState;
}

/**
 * Trains shard by shard: an epoch over a shard, or over some, a validation, a report, a checkpoint, and on. Memory holds two
 * training shards (of three times `mixedShards` at most, where rows are mixed) and two validation shards, however large the data.
 * @throws {TrainingError} `BAD_MODEL`, `BAD_TRAINING`, `BAD_DATA`, `BAD_STATE`, `ENGINE_FAILED`
 */
export async function fitIncremental(options: FitOptions): Promise<FitResult> {
  const startedMs = performance.now();
  const { engine, model, training, plan } = options;
  const visits = visitsOf(plan, options.data.shardCount);
  const start = options.checkpoint ?? freshCheckpoint(options);
  const trainer = await engine.createTrainer({ model, training, state: start.state });
  try {
    const ending = await visitAll(options, trainer, visits, start);
    return result(ending, plan.keep, (performance.now() - startedMs) / 1000);
  } finally {
    await trainer.dispose();
  }
}

function freshCheckpoint({ model, training, plan }: FitOptions): FitCheckpoint {
  return { state: initialState(model, training.optimizer, plan.seed), history: [], best: null };
}

interface Ending {
  readonly kind: 'complete' | 'early' | 'stopped' | 'diverged';
  readonly at: FitCheckpoint;
}

async function visitAll(
  options: FitOptions,
  trainer: Trainer,
  visits: readonly EpochKey[],
  start: FitCheckpoint,
): Promise<Ending> {
  const { plan, data } = options;
  const { visitsPerReport = 1 } = plan;
  const shards = new MixedShards(data, plan, visits);
  const planOf = batchPlanner(options);
  let at = start;
  for (let made = start.history.at(-1)?.step ?? 0; made < visits.length; ) {
    if (isOutOfPatience(plan, at)) return { kind: 'early', at };
    options.signal?.throwIfAborted();
    const visit = visits[made]!;
    const chunk = await shards.read(made);
    const losses = await trainer.train(chunk, planOf(chunk, visit));
    if (!losses.every(Number.isFinite)) return { kind: 'diverged', at };
    made += 1;
    if (made % visitsPerReport !== 0 && made < visits.length) continue;
    const report = { step: made, value: await validate(trainer, options) };
    if (!Number.isFinite(report.value)) return { kind: 'diverged', at };
    at = advance(at, await trainer.state(), report);
    if ((await options.onReport?.(report)) === 'stop') return { kind: 'stopped', at };
    await options.onCheckpoint?.(at);
  }
  return { kind: 'complete', at };
}

function batchPlanner({ model, training, plan }: FitOptions): (chunk: Chunk, visit: EpochKey) => BatchPlan {
  const { batchSize } = training;
  const pool = dropoutPool(model, batchSize, plan.seed);
  return ({ rows }, visit) => planBatches({ model, rows, batchSize, pool }, visit);
}

function isOutOfPatience({ patience, patienceAfter = 0 }: FitPlan, at: FitCheckpoint): boolean {
  return patience !== null && reportsSinceBest(at, patienceAfter) >= patience;
}

async function validate(trainer: Trainer, { data, model, plan }: FitOptions): Promise<number> {
  const scores = await scoreRows(trainer, model.label, data.validation);
  return metricOf(scores, plan.metric ?? defaultMetric(model.label));
}

function result({ kind, at }: Ending, keep: FitPlan['keep'], seconds: number): FitResult {
  const summary = { history: at.history, steps: at.state.step, seconds };
  if (kind === 'diverged' || at.best === null) return { ...summary, kind: 'diverged', best: at.best };
  const { weights, statistics } = at.state;
  const fitted = {
    best: at.best,
    state: at.state,
    weights: keep === 'best' ? at.best.weights : { weights, statistics },
  };
  return kind === 'stopped'
    ? { ...summary, ...fitted, kind }
    : { ...summary, ...fitted, kind: 'complete', early: kind === 'early' };
}
