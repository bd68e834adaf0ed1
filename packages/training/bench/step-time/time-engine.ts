import { dropoutPool, type Engine, initialState, planBatches, type Trainer } from '@assay/training';
import { BATCH, type BenchNetwork, ROWS, TRAINING } from './networks.js';
import { medianTiming, type Timing } from './timing.js';

const LIMITS = { warmUps: 1, runs: 9, budgetMs: 6000 };

export interface EngineTiming {
  readonly step: Timing;
  /** Of processor time. */
  readonly predictedRowsPerSecond: number;
}

/** Times epochs over one chunk, and predictions of its rows. */
export async function timeEngine(engine: Engine, network: BenchNetwork): Promise<EngineTiming> {
  const { model, chunk } = network;
  const state = initialState(model, TRAINING.optimizer, 1);
  const trainer = await engine.createTrainer({ model, training: TRAINING, state });
  const epoch = await medianTiming(epochs(trainer, network), LIMITS);
  const prediction = await medianTiming(() => trainer.predict(chunk.x, chunk.rows), LIMITS);
  await trainer.dispose();
  const steps = ROWS / BATCH;
  return {
    step: { wallMs: epoch.wallMs / steps, cpuMs: epoch.cpuMs / steps },
    predictedRowsPerSecond: (1000 * ROWS) / prediction.cpuMs,
  };
}

/** Each call trains another epoch. */
export function epochs(trainer: Trainer, { model, chunk }: BenchNetwork): () => Promise<unknown> {
  const options = { model, rows: chunk.rows, batchSize: BATCH, pool: dropoutPool(model, BATCH, 1) };
  let pass = 0;
  return () => trainer.train(chunk, planBatches(options, { seed: 1, pass: pass++, shard: 0, epoch: 0 }));
}
