import type { EpochKey } from './batch-plan.js';
import { permutation, randomStream } from './random-stream.js';
import { TrainingError } from './training-error.js';

/** How often, and in which order, training sees the shards. */
export interface VisitPlan {
  /** Seeds the order of shards, the order of rows and the dropout draws. */
  readonly seed: number;
  /** Passes over all shards, each in a fresh random order. */
  readonly passes: number;
  /** Epochs on a shard before the next one; 1 for passes alone, many for the course's way. */
  readonly epochsPerShard: number;
  /** Shards whose rows are mixed, anew in each pass: in a sorted file a shard is no sample of the rows. Default: 1, none are. */
  readonly mixedShards?: number;
}

/** Every visit (one epoch over one shard) of the plan, in training order. */
export function visitsOf(plan: VisitPlan, shardCount: number): EpochKey[] {
  const { seed, passes, epochsPerShard, mixedShards = 1 } = plan;
  for (const count of [passes, epochsPerShard, mixedShards, shardCount]) {
    if (Number.isInteger(count) && count > 0) continue;
    const got = JSON.stringify({ passes, epochsPerShard, mixedShards, shardCount });
    throw new TrainingError(
      'BAD_TRAINING',
      `passes, epochsPerShard, mixedShards and shardCount must be positive integers, got ${got}`,
    );
  }
  const visits: EpochKey[] = [];
  for (let pass = 0; pass < passes; pass++) {
    for (const shard of permutation(shardCount, randomStream(seed, 'shards', pass))) {
      for (let epoch = 0; epoch < epochsPerShard; epoch++) visits.push({ seed, pass, shard, epoch });
    }
  }
  return visits;
}

/** Optimizer steps of the whole plan: what a cosine schedule needs. */
export function countSteps(plan: Omit<VisitPlan, 'seed'>, shardRows: readonly number[], batchSize: number): number {
  const perPass = shardRows.reduce((sum, rows) => sum + Math.ceil(rows / batchSize), 0);
  return perPass * plan.passes * plan.epochsPerShard;
}
