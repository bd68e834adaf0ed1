import type { Chunk, Predictor } from './engine.js';
import type { LabelHead } from './label-head.js';
import type { ErrorMetric } from './metrics.js';
import { ReadAhead } from './read-ahead.js';
import { type Scores, scoreSums } from './score-sums.js';
import { TrainingError } from './training-error.js';

/** Rows read shard by shard when they are needed, so that memory holds one shard. A split of a prepared dataset is such. */
export interface RowShards {
  readonly shardCount: number;
  readShard(index: number): Promise<Chunk>;
}

/** Predicts every row and compares with its label. */
export async function scoreRows(predictor: Predictor, label: LabelHead, rows: RowShards): Promise<Scores> {
  const sums = scoreSums(label);
  await predictShards(predictor, rows, (predictions, labels) => sums.add(predictions, labels));
  return sums.scores();
}

/** The metric that reports carry, when the plan does not say. */
export function defaultMetric(label: LabelHead): ErrorMetric {
  return label.kind === 'binary' || label.kind === 'classes' ? 'logLoss' : 'mae';
}

/** @throws {TrainingError} `BAD_TRAINING` when labels of that kind have no such metric */
export function metricOf(scores: Scores, metric: ErrorMetric): number {
  if ('logLoss' in scores) {
    if (metric === 'logLoss') return scores.logLoss;
    throw new TrainingError('BAD_TRAINING', `labels of classes are reported by logLoss, got ${metric}`);
  }
  if (metric !== 'logLoss') return scores[metric];
  throw new TrainingError('BAD_TRAINING', 'labels that are numbers are reported by mae or rmse, got logLoss');
}

async function predictShards(
  predictor: Predictor,
  shards: RowShards,
  take: (predictions: Float32Array, labels: Float32Array) => void,
): Promise<void> {
  const ahead = new ReadAhead((index) => shards.readShard(index));
  for (let index = 0; index < shards.shardCount; index++) {
    const { x, y, rows } = await ahead.read(index, index + 1 < shards.shardCount ? index + 1 : null);
    take(await predictor.predict(x, rows), y);
  }
}
