import { Worker } from 'node:worker_threads';
import { median } from './timing.js';

const EPOCHS = 60;
const RUNS = 5;

/**
 * How many times the epochs of one worker thread two of them train in the same time, by the clock: 2 at best, for the sum of their rates. The spinning
 * threads show what this machine gives to any two threads at the moment.
 */
export async function workerScaling(): Promise<{ readonly training: number; readonly spinning: number }> {
  return { training: await scaling(TRAINER), spinning: await scaling(SPINNER) };
}

async function scaling(program: string): Promise<number> {
  const ratios: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const [alone] = (await together(program, 1)) as [number];
    const both = await together(program, 2);
    ratios.push(both.reduce((sum, ms) => sum + alone / ms, 0));
  }
  return median(ratios);
}

/** Milliseconds that each of `count` workers takes for its epochs, when all start together. */
async function together(program: string, count: number): Promise<number[]> {
  const workerData = { training: import.meta.resolve('@assay/training'), epochs: EPOCHS };
  const workers = Array.from({ length: count }, () => new Worker(program, { eval: true, workerData }));
  await Promise.all(workers.map(message));
  for (const worker of workers) worker.postMessage('go');
  const elapsed = await Promise.all(workers.map(message));
  await Promise.all(workers.map((worker) => worker.terminate()));
  return elapsed as number[];
}

function message(worker: Worker): Promise<unknown> {
  return new Promise((resolve, reject) => {
    worker.once('message', resolve);
    worker.once('error', reject);
  });
}

const FRAME = (prepare: string) => `
  const { parentPort, workerData } = require('node:worker_threads');
  (async () => {
    ${prepare}
    for (let i = 0; i < workerData.epochs / 10; i++) await epoch();
    parentPort.once('message', async () => {
      const startedMs = performance.now();
      for (let i = 0; i < workerData.epochs; i++) await epoch();
      parentPort.postMessage(performance.now() - startedMs);
    });
    parentPort.postMessage('ready');
  })();`;

/** The plain network on 40 batches of 256 rows. */
const TRAINER = FRAME(`
    const t = await import(workerData.training);
    const [rows, width, batchSize] = [10240, 65, 256];
    const hidden = [100, 50].map((units) => ({ units, dropout: 0, l1: 0, l2: 0 }));
    const input = t.plainInput(width);
    const model = t.describeNetwork({ input, inputNorm: false, hidden, activation: 'relu', batchNorm: 'none' });
    const schedule = { kind: 'constant', rate: 0.001 };
    const optimizer = t.OPTIMIZER_DEFAULTS.adam;
    const training = { loss: { kind: 'mse' }, optimizer, schedule, clipNorm: null, batchSize };
    const trainer = await t.onnxEngine().createTrainer({ model, training, state: t.initialState(model, optimizer, 1) });
    const stream = t.randomStream(1, 'bench');
    const fill = (length) => Float32Array.from({ length }, () => stream.next());
    const chunk = { rows, x: fill(rows * width), y: fill(rows) };
    const plan = t.planBatches({ model, rows, batchSize, pool: new Float32Array(0) }, { seed: 1, pass: 0, shard: 0, epoch: 0 });
    const epoch = () => trainer.train(chunk, plan);`);

/** Arithmetic that touches no memory. */
const SPINNER = FRAME(`
    const epoch = async () => { let x = 0.5; for (let i = 0; i < 2e6; i++) x = 3.9 * x * (1 - x); return x; };`);
