/**
 * Milliseconds per training step, by engine and network, and each engine's multiple of onnx.
 * Build first, then: npx jiti packages/training/bench/step-time.ts [backend ...]
 * Backends of the tfjs engine: node-gpu, node, wasm, cpu; wasm when none is named.
 */
import { cpus } from 'node:os';
import {
  type Chunk,
  describeNetwork,
  dropoutPool,
  type Engine,
  initialState,
  type ModelDescription,
  type NetworkOptions,
  OPEN_GATE,
  OPTIMIZER_DEFAULTS,
  onnxEngine,
  plainInput,
  planBatches,
  randomStream,
  TFJS_BACKENDS,
  type TrainingDescription,
  tfjsEngine,
} from '@assay/training';

const WIDTH = 65;
const ROWS = 10_240;
const RUNS = 9;
const BUDGET_MS = 4000;

const TRAINING: TrainingDescription = {
  loss: { kind: 'mse' },
  optimizer: OPTIMIZER_DEFAULTS.adam,
  schedule: { kind: 'constant', rate: 0.001 },
  clipNorm: null,
  batchSize: 256,
};

const PLAIN: NetworkOptions = {
  input: plainInput(WIDTH),
  inputNorm: false,
  hidden: [100, 50].map((units) => ({ units, dropout: 0, l1: 0, l2: 0 })),
  activation: 'relu',
  batchNorm: 'none',
};

const NETWORKS: readonly { readonly name: string; readonly options: NetworkOptions }[] = [
  { name: '65-100-50-1', options: PLAIN },
  { name: 'with dropout', options: { ...PLAIN, hidden: PLAIN.hidden.map((block) => ({ ...block, dropout: 0.1 })) } },
  { name: 'with 3 batch norms', options: { ...PLAIN, inputNorm: true, batchNorm: 'after' } },
  {
    name: 'with both',
    options: {
      ...PLAIN,
      inputNorm: true,
      batchNorm: 'after',
      hidden: PLAIN.hidden.map((block) => ({ ...block, dropout: 0.1 })),
    },
  },
];

interface Timing {
  readonly stepMs: number;
  readonly createMs: number;
  readonly rowsPerSecond: number;
}

/** Medians of up to `RUNS` epochs over one chunk, after a warm-up epoch; fewer when they take longer than the budget. */
async function timeEngine(engine: Engine, model: ModelDescription, chunk: Chunk): Promise<Timing> {
  const createdMs = performance.now();
  const state = initialState(model, TRAINING.optimizer, 1);
  const trainer = await engine.createTrainer({ model, training: TRAINING, state });
  const createMs = performance.now() - createdMs;
  const { batchSize } = TRAINING;
  const options = { model, rows: chunk.rows, batchSize, pool: dropoutPool(model, batchSize, 1) };
  const epoch = async (pass: number): Promise<number> => {
    const plan = planBatches(options, { seed: 1, pass, shard: 0, epoch: 0 });
    return elapsed(async () => trainer.train(chunk, plan));
  };
  const budgetMs = performance.now() + BUDGET_MS;
  await epoch(0);
  const epochs: number[] = [];
  const predictions: number[] = [];
  do {
    epochs.push(await epoch(epochs.length + 1));
    predictions.push(await elapsed(async () => trainer.predict(chunk.x, chunk.rows)));
  } while (epochs.length < RUNS && performance.now() < budgetMs);
  await trainer.dispose();
  return {
    stepMs: median(epochs) / (ROWS / batchSize),
    createMs,
    rowsPerSecond: (1000 * chunk.rows) / median(predictions),
  };
}

async function elapsed(work: () => Promise<unknown>): Promise<number> {
  const startedMs = performance.now();
  await work();
  return performance.now() - startedMs;
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[values.length >> 1]!;
}

function generatedChunk(): Chunk {
  const stream = randomStream(1, 'bench');
  const x = Float32Array.from({ length: ROWS * WIDTH }, () => stream.next());
  return { rows: ROWS, x, y: Float32Array.from({ length: ROWS }, () => 10 * stream.next()) };
}

async function main(engines: readonly Engine[]): Promise<void> {
  const chunk = generatedChunk();
  console.log(
    `${cpus()[0]?.model}, Node ${process.versions.node}, batch 256, adam, median of ${RUNS}; node uses every core, the others one`,
  );
  for (const { name, options } of NETWORKS) {
    const model = describeNetwork(options);
    let yardstickMs = Number.NaN;
    for (const engine of engines) {
      const { stepMs, createMs, rowsPerSecond } = await timeEngine(engine, model, chunk);
      if (Number.isNaN(yardstickMs)) yardstickMs = stepMs;
      const cells = [
        `${stepMs.toFixed(3)} ms a step`,
        `${(stepMs / yardstickMs).toFixed(1)} x onnx`,
        `${Math.round(rowsPerSecond / 1000)}k rows predicted a second`,
        `created in ${createMs.toFixed(0)} ms`,
      ];
      console.log([name.padEnd(19), engine.name.padEnd(12), ...cells].join('  '));
    }
  }
}

const named = TFJS_BACKENDS.filter((backend) => process.argv.includes(backend));
const backends = named.length > 0 ? named : (['wasm'] as const);
await main([onnxEngine(), ...(await Promise.all(backends.map((name) => tfjsEngine(OPEN_GATE, { backends: [name] }))))]);
