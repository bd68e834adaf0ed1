import { cp, mkdtemp, readdir, rm, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import {
  type Chunk,
  describeNetwork,
  dropoutPool,
  type Engine,
  findNativePackage,
  initialState,
  type NativePackage,
  OPEN_GATE,
  OPTIMIZER_DEFAULTS,
  onnxEngine,
  plainInput,
  planBatches,
  randomStream,
  type TrainingDescription,
  tfjsEngine,
} from '@assay/training';
import { afterAll, describe, expect, it } from 'vitest';
import { findTensorflow } from './find-tensorflow.js';
import { linkTensorflow } from './link-tensorflow.js';

/** Loading and compiling against TensorFlow on a busy machine. */
const TIME_LIMIT_MS = 300_000;

// As the engine sets them before it loads TensorFlow, which this test does itself.
process.env.TF_CPP_MIN_LOG_LEVEL ??= '2';
process.env.TF_ENABLE_ONEDNN_OPTS ??= '0';

const found = findNativePackage('tensorflow');
const tensorflow = await findTensorflow(undefined).catch((error: Error) => {
  console.warn(`Linking TensorFlow is not tested: ${error.message} ASSAY_PYTHON may name one that has it.`);
  return null;
});

const folder = await mkdtemp(path.join(tmpdir(), 'assay-linked-engine-'));
afterAll(() => rm(folder, { recursive: true }));

/** Everything of the package but its native parts, beside what it imports: the tree's own package stays as it is. */
async function copyOf({ folder: original, name }: NativePackage): Promise<string> {
  const modules = path.join(folder, 'node_modules');
  const copy = path.join(modules, name);
  const native = ['deps', 'lib', 'build', 'node_modules'].map((part) => path.join(original, part));
  await cp(original, copy, { recursive: true, filter: (source) => !native.includes(source) });
  await symlink(path.join(original, 'node_modules'), path.join(copy, 'node_modules'));
  const siblings = path.resolve(original, '..', '..');
  for (const entry of await readdir(siblings, { recursive: false })) {
    if (entry !== '@tensorflow') await symlink(path.join(siblings, entry), path.join(modules, entry));
  }
  const scope = path.join(siblings, '@tensorflow');
  for (const entry of await readdir(scope)) {
    const target = path.join(modules, '@tensorflow', entry);
    if (target !== copy) await symlink(path.join(scope, entry), target);
  }
  return copy;
}

/** The taxi study's shape: 65 inputs, normalized, two layers with batch norm and dropout. */
const MODEL = describeNetwork({
  input: plainInput(65),
  inputNorm: true,
  hidden: [
    { units: 32, dropout: 0.2, l1: 0, l2: 0 },
    { units: 16, dropout: 0, l1: 0, l2: 0.001 },
  ],
  activation: 'relu',
  batchNorm: 'before',
});
const TRAINING: TrainingDescription = {
  loss: { kind: 'mse' },
  optimizer: OPTIMIZER_DEFAULTS.adam,
  schedule: { kind: 'constant', rate: 0.005 },
  clipNorm: 1,
  batchSize: 64,
};

function chunkOf(rows: number): Chunk {
  const stream = randomStream(1);
  const x = Float32Array.from({ length: rows * 65 }, () => stream.next() - 0.5);
  return { rows, x, y: Float32Array.from({ length: rows }, (_, row) => 10 * x[65 * row]! + 5 * x[65 * row + 1]!) };
}

async function losses(engine: Engine): Promise<Float32Array> {
  const chunk = chunkOf(50 * 64);
  const pool = dropoutPool(MODEL, 64, 1);
  const plan = planBatches(
    { model: MODEL, rows: chunk.rows, batchSize: 64, pool },
    { seed: 1, pass: 0, shard: 0, epoch: 0 },
  );
  const trainer = await engine.createTrainer({
    model: MODEL,
    training: TRAINING,
    state: initialState(MODEL, TRAINING.optimizer, 1),
  });
  const trained = await trainer.train(chunk, plan);
  await trainer.dispose();
  return trained;
}

describe.skipIf(found === null || tensorflow === null)(`a TensorFlow ${tensorflow?.version} of this machine`, () => {
  it(
    'compiles, loads without help of the environment, and trains as the onnx engine does',
    async () => {
      const copy = await copyOf(found!);
      const out = new PassThrough({ encoding: 'utf8' });
      expect(await linkTensorflow(copy, tensorflow!, out)).toBe(null);
      // Registers its backend with the TensorFlow.js that the engine imports.
      createRequire(import.meta.url)(copy);
      const engine = await tfjsEngine(OPEN_GATE, { backends: ['node'] });
      const [native, onnx] = [await losses(engine), await losses(onnxEngine())];
      expect(onnx).toHaveLength(50);
      expect(onnx[49]!).toBeLessThan(0.8 * onnx[0]!);
      for (const [step, loss] of onnx.entries()) expect(Math.abs(native[step]! - loss) / loss).toBeLessThan(1e-4);
    },
    TIME_LIMIT_MS,
  );
});
