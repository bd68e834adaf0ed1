import { layerWidths, type ModelDescription } from './model-description.js';
import { permutation, randomStream } from './random-stream.js';

/**
 * One epoch over one chunk: all of its randomness, as data. Batch b trains the rows order[b batchSize ..
 * min((b + 1) batchSize, order.length)]: every row once. A last, smaller batch is trained like the others (its loss is
 * the mean over its own rows), as in Keras.
 */
export interface BatchPlan {
  readonly batchSize: number;
  /** Row numbers of the chunk, in training order. */
  readonly order: Int32Array;
  /**
   * Where each dropout layer reads its draws: entry b dropoutLayers + d is batch b's offset for the d-th dropout layer of
   * the description. The layer's draws are pool[offset .. offset + rows columns], row-major.
   */
  readonly dropoutOffsets: Int32Array;
  /** Uniforms in [0, 1), the same array during a whole training; empty when the model has no dropout. */
  readonly dropoutPool: Float32Array;
}

/** Which epoch of the training a plan is for. */
export interface EpochKey {
  readonly seed: number;
  readonly pass: number;
  readonly shard: number;
  readonly epoch: number;
}

/** Distinct dropout offsets. A window moves by single entries, so two windows rarely give a unit the same draws. */
const POOL_OFFSETS = 2 ** 17;

/** Columns of each dropout layer, in the order of the description. */
export function dropoutWidths(model: ModelDescription): number[] {
  const widths = layerWidths(model);
  return model.layers.flatMap((layer, index) => (layer.kind === 'dropout' ? [widths[index]!] : []));
}

/** The uniforms that a whole training draws its dropout from; long enough for every window of `planBatches`. */
export function dropoutPool(model: ModelDescription, batchSize: number, seed: number): Float32Array {
  const widths = dropoutWidths(model);
  if (widths.length === 0) return new Float32Array(0);
  const stream = randomStream(seed, 'dropout pool');
  const pool = new Float32Array(POOL_OFFSETS + batchSize * Math.max(...widths));
  for (let i = 0; i < pool.length; i++) pool[i] = draw24(stream.next());
  return pool;
}

/** Plans an epoch over a chunk of `rows` rows. Same key, same plan, whatever was trained before. */
export function planBatches(
  options: {
    readonly model: ModelDescription;
    readonly rows: number;
    readonly batchSize: number;
    readonly pool: Float32Array;
  },
  { seed, pass, shard, epoch }: EpochKey,
): BatchPlan {
  const { model, rows, batchSize, pool } = options;
  const windows = Math.ceil(rows / batchSize) * dropoutWidths(model).length;
  const offsets = randomStream(seed, 'dropout offsets', pass, shard, epoch);
  return {
    batchSize,
    order: permutation(rows, randomStream(seed, 'permutation', pass, shard, epoch)),
    dropoutOffsets: Int32Array.from({ length: windows }, () => Math.floor(offsets.next() * POOL_OFFSETS)),
    dropoutPool: pool,
  };
}

/** Cut to 24 bits, so that rounding to float32 never yields 1. */
function draw24(uniform: number): number {
  return Math.floor(uniform * 2 ** 24) / 2 ** 24;
}
