import { describe, expect, it } from 'vitest';
import { dropoutPool, planBatches } from './batch-plan.js';
import { type Chunk, type Engine, OPEN_GATE } from './engine.js';
import { initialState } from './initial-state.js';
import type { InputDescription } from './input-description.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { activation, dense, modelOf, trainingOf } from './testing/cases.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';
import { OPTIMIZER_DEFAULTS } from './training-description.js';

const engines: readonly { readonly name: string; readonly open: () => Promise<Engine> }[] = [
  { name: 'onnx', open: () => Promise.resolve(onnxEngine()) },
  { name: 'tfjs wasm', open: () => tfjsEngine(OPEN_GATE, { backends: ['wasm'] }) },
];

const layers = [dense(4), activation('tanh'), dense(1)];
const ROWS = 40;
const SIZE = 3;
/** A number and a category, -1 to 2. */
const stored = Float32Array.from({ length: 2 * ROWS }, (_, i) => (i % 2 === 0 ? Math.sin(i) : ((i >> 1) % 4) - 1));
const y = Float32Array.from({ length: ROWS }, (_, row) => Math.cos(row));
/** The same rows with a column for each category. */
const writtenOut = Float32Array.from({ length: (1 + SIZE) * ROWS }, (_, i) => {
  const [row, column] = [Math.floor(i / (1 + SIZE)), i % (1 + SIZE)];
  return column === 0 ? stored[2 * row]! : Number(stored[2 * row + 1] === column - 1);
});

async function train(engine: Engine, input: InputDescription, x: Float32Array) {
  const model = modelOf(layers, { input });
  const training = trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adam });
  const trainer = await engine.createTrainer({ model, training, state: initialState(model, training.optimizer, 1) });
  const plan = planBatches(
    { model, rows: ROWS, batchSize: training.batchSize, pool: dropoutPool(model, training.batchSize, 1) },
    { seed: 1, pass: 0, shard: 0, epoch: 0 },
  );
  const losses = await trainer.train({ rows: ROWS, x, y }, plan);
  const trained = { losses, state: await trainer.state(), predicted: await trainer.predict(x, ROWS) };
  await trainer.dispose();
  return trained;
}

describe.each(engines)('$name', ({ open }) => {
  it.each([
    { name: 'as it is', standardization: null },
    { name: 'standardized', standardization: { mean: [0.1, 0.3, 0.7], deviation: [0.3, 0.45, 1 / 3] } },
  ])('a one-hot block, $name, gives the bits of stored columns of 0 and 1', async ({ standardization }) => {
    const engine = await open();
    const number = { kind: 'values', columns: [0], standardization: null } as const;
    const blocks: InputDescription = {
      width: 2,
      blocks: [number, { kind: 'oneHot', column: 1, size: SIZE, standardization }],
    };
    const columns: InputDescription = {
      width: 1 + SIZE,
      blocks: [number, { kind: 'values', columns: [1, 2, 3], standardization }],
    };
    expect(await train(engine, blocks, stored)).toEqual(await train(engine, columns, writtenOut));
  });

  it('an embedding gives the row of its category, and the last row for -1', async () => {
    const model = modelOf([dense(1, { bias: false })], {
      input: { width: 1, blocks: [{ kind: 'embedding', column: 0, size: 2, units: 2 }] },
    });
    const weights = { weights: Float32Array.of(1, 2, 3, 4, 5, 6, 10, 100), statistics: new Float32Array(0) };
    const predictor = await (await open()).createPredictor({ model, weights });
    expect([...(await predictor.predict(Float32Array.of(0, 1, -1, 0), 4))]).toEqual([210, 430, 650, 210]);
    await predictor.dispose();
  });

  it('trains only the rows of categories that are in the batch', async () => {
    const model = modelOf([dense(1, { bias: false })], {
      input: { width: 1, blocks: [{ kind: 'embedding', column: 0, size: 3, units: 1 }] },
    });
    // Prediction = table[category] * 2; squared error against 0, mean over two rows of category 1 and one each of 2 and -1.
    const state = { step: 0, weights: Float32Array.of(1, 1, 1, 1, 2), statistics: new Float32Array(0), slots: [] };
    const training = trainingOf({ batchSize: 4, schedule: { kind: 'constant', rate: 0.01 } });
    const trainer = await (await open()).createTrainer({ model, training, state });
    const chunk: Chunk = { rows: 4, x: Float32Array.of(1, 2, 1, -1), y: new Float32Array(4) };
    const plan = {
      batchSize: 4,
      order: Int32Array.of(0, 1, 2, 3),
      dropoutOffsets: new Int32Array(0),
      dropoutPool: new Float32Array(0),
    };
    await trainer.train(chunk, plan);
    const { weights } = await trainer.state();
    await trainer.dispose();
    // d/dt mean((2t)²) = 2 · 2t · 2 · (share of the rows); the kernel's is mean(2 · 2t · t) = 4.
    [1, 1 - 0.01 * 4, 1 - 0.01 * 2, 1 - 0.01 * 2, 2 - 0.01 * 4].forEach((expected, i) => {
      expect(weights[i]).toBeCloseTo(expected, 6);
    });
  });

  it.each([2, -2, 0.5, Number.NaN])('refuses the category %d where 0, 1 and -1 are known', async (category) => {
    const model = modelOf([dense(1)], {
      input: { width: 1, blocks: [{ kind: 'oneHot', column: 0, size: 2, standardization: null }] },
    });
    const predictor = await (await open()).createPredictor({ model, weights: initialState(model, sgd, 1) });
    await expect(predictor.predict(Float32Array.of(category), 1)).rejects.toMatchObject({ code: 'BAD_DATA' });
    await predictor.dispose();
  });
});

const sgd = OPTIMIZER_DEFAULTS.sgd;
