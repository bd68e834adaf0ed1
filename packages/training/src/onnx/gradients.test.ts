import { describe, expect, it } from 'vitest';
import { dropoutPool, dropoutWidths, planBatches } from '../batch-plan.js';
import type { ModelDescription } from '../model-description.js';
import {
  CASE_WIDTH,
  caseChunk,
  caseState,
  LABEL_CASES,
  LOSS_CASES,
  labelled,
  MODEL_CASES,
  trainingOf,
} from '../testing/cases.js';
import { type Float64Batch, finiteDifferences, float64Objective } from '../testing/float64-network.js';
import type { Loss } from '../training-description.js';
import { onnxEngine } from './onnx-engine.js';

const ROWS = 12;
const EXACT_LOSS = 1e-5;
/** Float32 arithmetic over a few hundred operations, against gradients of the order 1. */
const CLOSE = 2e-5;

/** One plain gradient step of rate 1 on the graph: weights before minus after are the gradient. */
async function graphGradient(model: ModelDescription, loss: Loss, seed: number, clipNorm: number | null = null) {
  const training = trainingOf({ loss, batchSize: ROWS, schedule: { kind: 'constant', rate: 1 }, clipNorm });
  const state = caseState(model, training.optimizer, seed);
  const chunk = labelled(caseChunk(ROWS, seed), model.label);
  const pool = dropoutPool(model, ROWS, seed);
  const plan = planBatches({ model, rows: ROWS, batchSize: ROWS, pool }, { seed, pass: 0, shard: 0, epoch: 0 });
  const trainer = await onnxEngine().createTrainer({ model, training, state });
  const [lossValue] = await trainer.train(chunk, plan);
  const after = await trainer.state();
  await trainer.dispose();

  const windows = dropoutWidths(model).map((columns, d) => {
    const offset = plan.dropoutOffsets[d]!;
    return rowsOf(plan.dropoutPool.subarray(offset, offset + ROWS * columns), columns);
  });
  const x = rowsOf(chunk.x, CASE_WIDTH);
  const order = [...plan.order];
  const batch: Float64Batch = { x: order.map((row) => x[row]!), y: order.map((row) => chunk.y[row]!), draws: windows };
  const weights = Float64Array.from(state.weights);
  return { gradient: weights.map((w, i) => w - after.weights[i]!), lossValue: lossValue!, weights, batch };
}

function rowsOf(values: Float32Array, columns: number): number[][] {
  return Array.from({ length: values.length / columns }, (_, r) => [
    ...values.subarray(r * columns, (r + 1) * columns),
  ]);
}

function largestGap(a: Float64Array, b: Float64Array): number {
  return Math.max(...a.map((value, i) => Math.abs(value - b[i]!)));
}

const norm = (values: Float64Array): number => Math.hypot(...values);

describe('gradients of the training graph against finite differences in float64', () => {
  const cases = [...MODEL_CASES.map((model) => ({ ...model, losses: LOSS_CASES })), ...LABEL_CASES].flatMap(
    ({ name, model, losses }) => losses.map((loss) => ({ name, model, loss, text: JSON.stringify(loss) })),
  );

  it.each(cases)('$name, $text', async ({ model, loss }) => {
    const { gradient, weights, batch } = await graphGradient(model, loss, 3);
    expect(norm(gradient)).toBeGreaterThan(0.01);
    expect(largestGap(gradient, finiteDifferences(model, loss, weights, batch))).toBeLessThan(
      CLOSE * (1 + norm(gradient)),
    );
  });

  const firstLosses = [
    ...MODEL_CASES.map((model) => ({ ...model, loss: { kind: 'mse' } as const })),
    ...LABEL_CASES.map(({ name, model, losses }) => ({ name, model, loss: losses[0]! })),
  ];
  it.each(firstLosses)('the loss of $name is the data loss without penalties', async ({ model, loss }) => {
    const { lossValue, weights, batch } = await graphGradient(model, loss, 4);
    const layers = model.layers.map((layer) => (layer.kind === 'dense' ? { ...layer, l1: 0, l2: 0 } : layer));
    const expected = float64Objective({ ...model, layers }, loss, weights, batch);
    expect(Math.abs(lossValue - expected)).toBeLessThan(EXACT_LOSS * (1 + expected));
  });
});

describe('clipping', () => {
  const { model } = MODEL_CASES.at(-1)!;
  const loss = { kind: 'mse' } as const;

  it('scales the whole gradient, penalties included, to the limit', async () => {
    const { gradient } = await graphGradient(model, loss, 5);
    const { gradient: clipped } = await graphGradient(model, loss, 5, 0.5);
    expect(norm(gradient)).toBeGreaterThan(0.6);
    const scaled = gradient.map((g) => (g * 0.5) / norm(gradient));
    expect(largestGap(clipped, scaled)).toBeLessThan(1e-6);
  });

  it('leaves a shorter gradient alone', async () => {
    const { gradient } = await graphGradient(model, loss, 5);
    const { gradient: clipped } = await graphGradient(model, loss, 5, 1000);
    expect(largestGap(clipped, gradient)).toBeLessThan(1e-6);
  });
});
