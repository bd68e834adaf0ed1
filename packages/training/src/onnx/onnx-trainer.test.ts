import { describe, expect, it } from 'vitest';
import { type BatchPlan, dropoutPool, dropoutWidths, planBatches } from '../batch-plan.js';
import type { Chunk, NativeGate } from '../engine.js';
import { initialState } from '../initial-state.js';
import { plainInput } from '../input-description.js';
import type { ModelDescription } from '../model-description.js';
import type { ModelState } from '../model-state.js';
import {
  batchNorm,
  CASE_WIDTH,
  caseChunk,
  dense,
  dropout,
  MODEL_CASES,
  modelOf,
  OPTIMIZER_CASES,
  planPart,
  trainingOf,
} from '../testing/cases.js';
import { CountingGate } from '../testing/counting-gate.js';
import { OPTIMIZER_DEFAULTS, type TrainingDescription } from '../training-description.js';
import { onnxEngine } from './onnx-engine.js';
import { OnnxTrainer } from './onnx-trainer.js';

const EVERYTHING = MODEL_CASES.at(-1)!.model;
const OPEN: NativeGate = { run: (call) => call() };

interface Run {
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
  readonly chunk: Chunk;
  /** The plan in parts, one `train` call each. */
  readonly cut?: (plan: BatchPlan) => readonly BatchPlan[];
  readonly stepsPerCall?: number;
}

async function run({ model, training, chunk, cut = (plan) => [plan], stepsPerCall }: Run) {
  const state = initialState(model, training.optimizer, 1);
  const limits = stepsPerCall === undefined ? {} : { stepsPerCall };
  const trainer = await OnnxTrainer.create({ model, training, state }, OPEN, limits);
  const { rows } = chunk;
  const pool = dropoutPool(model, training.batchSize, 1);
  const plan = planBatches(
    { model, rows, batchSize: training.batchSize, pool },
    { seed: 1, pass: 0, shard: 0, epoch: 0 },
  );
  const losses: number[] = [];
  for (const part of cut(plan)) losses.push(...(await trainer.train(chunk, part)));
  const end = { losses, state: await trainer.state() };
  await trainer.dispose();
  return end;
}

describe('a chunk of 10 full batches and one of 3 rows', () => {
  const chunk = caseChunk(83, 2);
  const model = EVERYTHING;
  const dropouts = dropoutWidths(model).length;

  describe.each(OPTIMIZER_CASES)('$name', ({ optimizer }) => {
    const training = trainingOf({
      optimizer,
      clipNorm: 5,
      schedule: { kind: 'cosine', rate: 0.01, steps: 11, floor: 0 },
    });
    const whole = run({ model, training, chunk });

    it('trains every batch and counts the steps', async () => {
      const { losses, state } = await whole;
      expect(losses).toHaveLength(11);
      expect(losses.every(Number.isFinite)).toBe(true);
      expect(state.step).toBe(11);
    });

    it('gives the same bits again', async () => {
      expect(await run({ model, training, chunk })).toEqual(await whole);
    });

    it('gives the same bits step by step', async () => {
      const cut = (plan: BatchPlan) => Array.from({ length: 11 }, (_, b) => planPart(plan, dropouts, b, b + 1));
      expect(await run({ model, training, chunk, cut })).toEqual(await whole);
    });

    it('gives the same bits in native calls of at most 3 steps', async () => {
      expect(await run({ model, training, chunk, stepsPerCall: 3 })).toEqual(await whole);
    });
  });

  it('gives the same bits from shared memory', async () => {
    const training = trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adam });
    const shared = (data: Float32Array) => {
      const copy = new Float32Array(new SharedArrayBuffer(data.byteLength));
      copy.set(data);
      return copy;
    };
    const fromShared = run({ model, training, chunk: { ...chunk, x: shared(chunk.x), y: shared(chunk.y) } });
    expect(await fromShared).toEqual(await run({ model, training, chunk }));
  });

  it('the batch size of the last batch is its own: a plan of 3 rows is a plain batch of 3', async () => {
    const training = trainingOf({ batchSize: 8 });
    const small = { rows: 3, x: chunk.x.subarray(0, 3 * CASE_WIDTH), y: chunk.y.subarray(0, 3) };
    const linear = modelOf([dense(1)]);
    const asLast = await run({ model: linear, training, chunk: small });
    const asFull = await run({ model: linear, training: { ...training, batchSize: 3 }, chunk: small });
    expect(asLast).toEqual(asFull);
  });
});

describe('batch norm', () => {
  const input = plainInput(1);
  const model = modelOf([batchNorm, dense(1, { bias: false })], { input });
  const chunk = { rows: 2, x: Float32Array.of(0, 4), y: Float32Array.of(0, 0) };
  const training = trainingOf({ batchSize: 2, schedule: { kind: 'constant', rate: 1e-9 } });

  it('moves the running statistics towards the mean 2 and the biased variance 4, with momentum 0.9', async () => {
    const { state } = await run({ model, training, chunk });
    expect(state.statistics[0]).toBeCloseTo(0.2, 6);
    expect(state.statistics[1]).toBeCloseTo(1.3, 6);
  });

  it('predicts with the running statistics', async () => {
    const weights = { weights: Float32Array.of(2, 0.5, 3), statistics: Float32Array.of(1, 4 - 1e-3) };
    const predictor = await onnxEngine().createPredictor({ model, weights });
    const [predicted] = await predictor.predict(Float32Array.of(5), 1);
    await predictor.dispose();
    expect(predicted).toBeCloseTo(3 * (2 * ((5 - 1) / 2) + 0.5), 5);
  });
});

it.each([
  { name: 'draws below the rate drop', draws: [0.1, 0.5, 0.9], offset: 0, sum: 2 * (2 + 3) },
  { name: 'a draw equal to the rate keeps', draws: [0.5, 0.5, 0.5], offset: 0, sum: 2 * (1 + 2 + 3) },
  { name: 'the window starts at the offset', draws: [0.9, 0.9, 0.1, 0.1, 0.7], offset: 2, sum: 2 * 3 },
])('dropout of 0.5 on 1, 2, 3: $name', async ({ draws, offset, sum }) => {
  const input = plainInput(3);
  const model = modelOf([dropout(0.5), dense(1, { bias: false })], { input });
  const training = trainingOf({ batchSize: 1 });
  const state: ModelState = { step: 0, weights: Float32Array.of(1, 1, 1), statistics: new Float32Array(0), slots: [] };
  const trainer = await onnxEngine().createTrainer({ model, training, state });
  const losses = await trainer.train(
    { rows: 1, x: Float32Array.of(1, 2, 3), y: Float32Array.of(0) },
    {
      batchSize: 1,
      order: Int32Array.of(0),
      dropoutOffsets: Int32Array.of(offset),
      dropoutPool: Float32Array.from(draws),
    },
  );
  await trainer.dispose();
  expect(losses[0]).toBeCloseTo(sum ** 2, 3);
});

it('learns a linear function', async () => {
  const chunk = caseChunk(2000, 7);
  const y = Float32Array.from(
    { length: 2000 },
    (_, row) => 3 * chunk.x[row * CASE_WIDTH]! - 2 * chunk.x[row * CASE_WIDTH + 5]! + 1,
  );
  const training = trainingOf({ optimizer: OPTIMIZER_DEFAULTS.adam, batchSize: 10 });
  const { state } = await run({ model: modelOf([dense(1)]), training, chunk: { ...chunk, y } });
  [3, 0, 0, 0, 0, -2, 1].forEach((expected, i) => {
    expect(state.weights[i]).toBeCloseTo(expected, 2);
  });
});

describe('refusals', () => {
  const training = trainingOf();
  const state = initialState(EVERYTHING, training.optimizer, 1);

  it('of a state with other lengths', async () => {
    const short = { ...state, weights: state.weights.subarray(1) };
    await expect(onnxEngine().createTrainer({ model: EVERYTHING, training, state: short })).rejects.toMatchObject({
      code: 'BAD_STATE',
    });
  });

  it('of data of another width', async () => {
    const trainer = await onnxEngine().createTrainer({ model: EVERYTHING, training, state });
    const chunk = caseChunk(10, 1);
    await expect(trainer.predict(chunk.x, 9)).rejects.toMatchObject({ code: 'BAD_DATA' });
    await trainer.dispose();
  });
});

it('passes every native call through the gate, one at a time', async () => {
  const gate = new CountingGate();
  const model = modelOf([dense(1)]);
  const training = trainingOf();
  const trainer = await onnxEngine(gate).createTrainer({
    model,
    training,
    state: initialState(model, training.optimizer, 1),
  });
  expect(gate.calls).toBe(3); // loading the library, and a session each for training and for prediction
  const chunk = caseChunk(20, 1);
  const pool = new Float32Array(0);
  await trainer.train(
    chunk,
    planBatches({ model, rows: 20, batchSize: 8, pool }, { seed: 1, pass: 0, shard: 0, epoch: 0 }),
  );
  expect(gate.calls).toBe(5); // two full batches in one call, the last four rows in another
  await trainer.predict(chunk.x, 20);
  expect(gate.calls).toBe(6);
  await trainer.dispose();
  expect(gate.calls).toBe(8);
});

it('predicts many rows in several calls as it does one by one', async () => {
  const model = modelOf([dense(200), dense(1)]);
  const chunk = caseChunk(12_000, 1);
  const predictor = await onnxEngine().createPredictor({
    model,
    weights: initialState(model, OPTIMIZER_DEFAULTS.sgd, 1),
  });
  const all = await predictor.predict(chunk.x, chunk.rows);
  for (const row of [0, 4999, 6000, 11_999]) {
    const [one] = await predictor.predict(chunk.x.subarray(row * CASE_WIDTH, (row + 1) * CASE_WIDTH), 1);
    expect(all[row]).toBeCloseTo(one!, 5);
  }
  await predictor.dispose();
});
