import { expect } from 'vitest';
import { type BatchPlan, dropoutPool, planBatches } from './batch-plan.js';
import type { Engine } from './engine.js';
import type { ModelDescription } from './model-description.js';
import type { ModelState } from './model-state.js';
import { onnxEngine } from './onnx/onnx-engine.js';
import { type ParameterSlice, parameterLayout } from './parameter-layout.js';
import {
  activation,
  caseChunk,
  caseState,
  dense,
  dropout,
  LABEL_CASES,
  LOSS_CASES,
  labelled,
  MODEL_CASES,
  modelOf,
  OPTIMIZER_CASES,
  trainingOf,
} from './testing/cases.js';
import { OPTIMIZER_DEFAULTS, type TrainingDescription } from './training-description.js';

/** What the two engines may differ by in a batch's loss, relative to it. Measured: at most 2.3e-6. */
export const LOSS_BOUND = 1e-4;
/** And in a weight, running statistic, slot or prediction, relative to it or to 1 if that is more. Measured: at most 1e-6. */
const ARRAY_BOUND = 1e-5;

/** 49 batches of 8 rows and one of 5: 50 steps. */
const ROWS = 397;
const UNSEEN = caseChunk(64, 3);

interface Training {
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
}

export const EVERYTHING = MODEL_CASES.at(-1)!.model;
export const SMALL = modelOf([dense(5), activation('tanh'), dense(1)]);

/** A small rate, so that no training diverges: where losses grow, rounding errors grow with them. */
export const RATE = 0.005;
export const training = (options: Partial<TrainingDescription>): TrainingDescription =>
  trainingOf({ schedule: { kind: 'constant', rate: RATE }, ...options });

export const CASES: readonly (Training & { readonly name: string })[] = [
  ...MODEL_CASES.flatMap(({ name, model }) =>
    OPTIMIZER_CASES.map((tried) => ({
      name: `${name}, ${tried.name}`,
      model,
      training: training({ optimizer: tried.optimizer }),
    })),
  ),
  ...LOSS_CASES.flatMap((loss) =>
    OPTIMIZER_CASES.map((tried) => ({
      name: `${JSON.stringify(loss)}, ${tried.name}`,
      model: SMALL,
      training: training({ loss, optimizer: tried.optimizer }),
    })),
  ),
  ...LABEL_CASES.flatMap(({ name, model, losses }) =>
    losses.map((loss) => ({
      name: `${name}, ${JSON.stringify(loss)}`,
      model,
      training: training({ loss, optimizer: OPTIMIZER_DEFAULTS.adam }),
    })),
  ),
  ...(
    [
      { kind: 'cosine', rate: RATE, steps: 40, floor: 0.1 },
      { kind: 'step', rate: RATE, every: 7, factor: 0.7 },
      { kind: 'cosine', rate: RATE, warmup: 10, steps: 30, floor: 0 },
    ] as const
  ).map((schedule) => ({
    name: `${JSON.stringify(schedule)}, adamw`,
    model: SMALL,
    training: training({ schedule, optimizer: OPTIMIZER_DEFAULTS.adamw }),
  })),
  ...[0.5, 5, 1e6].map((clipNorm) => ({
    name: `gradients clipped to ${clipNorm}, L1 and L2 and dropout, sgd`,
    model: modelOf([dense(5, { l1: 0.01, l2: 0.02 }), activation('selu'), dropout(0.3), dense(1)]),
    training: training({ clipNorm }),
  })),
];

export function planOf({ model, training }: Training, rows = ROWS): BatchPlan {
  const { batchSize } = training;
  const pool = dropoutPool(model, batchSize, 1);
  return planBatches({ model, rows, batchSize, pool }, { seed: 1, pass: 0, shard: 0, epoch: 0 });
}

export interface Trained {
  readonly losses: Float32Array;
  readonly state: ModelState;
}

export async function train(
  engine: Engine,
  { model, training }: Training,
  { plan, state, rows = ROWS }: { readonly plan?: BatchPlan; readonly state?: ModelState; readonly rows?: number } = {},
): Promise<Trained> {
  const start = state ?? caseState(model, training.optimizer, 1);
  const trainer = await engine.createTrainer({ model, training, state: start });
  const losses = await trainer.train(
    labelled(caseChunk(rows, 2), model.label),
    plan ?? planOf({ model, training }, rows),
  );
  const trained = { losses, state: await trainer.state() };
  await trainer.dispose();
  return trained;
}

async function predict(engine: Engine, model: ModelDescription, weights: ModelState): Promise<Float32Array> {
  const predictor = await engine.createPredictor({ model, weights });
  const predictions = await predictor.predict(UNSEEN.x, UNSEEN.rows);
  await predictor.dispose();
  return predictions;
}

/** The largest difference, relative to the larger of the reference's number and `floor`. */
export function deviation(reference: Float32Array, other: Float32Array, floor: number): number {
  expect(other).toHaveLength(reference.length);
  const relative = (value: number, i: number): number => Math.abs(value - other[i]!) / Math.max(Math.abs(value), floor);
  return reference.reduce((max, value, i) => Math.max(max, relative(value, i)), 0);
}

/**
 * In `EVERYTHING` the input's batch norm is followed by a dense layer without bias and another batch norm, which takes
 * out whatever constant the first one's beta adds: the gradient of that beta is 0 but for rounding. Adam divides it by its own
 * size, so beta drifts by noise, and the second batch norm's running mean with it. No loss depends on them.
 */
const DRIFTING = new Set(['layers[0].beta', 'layers[2].runningMean']);

function withoutDrift(values: Float32Array, slices: readonly ParameterSlice[], model: ModelDescription): Float32Array {
  const kept = values.slice();
  if (model !== EVERYTHING) return kept;
  for (const { name, offset, length } of slices) if (DRIFTING.has(name)) kept.fill(0, offset, offset + length);
  return kept;
}

export async function expectParity(engine: Engine, { model, training }: Training, rows = ROWS): Promise<void> {
  const onnx = await train(onnxEngine(), { model, training }, { rows });
  const tfjs = await train(engine, { model, training }, { rows });
  expect(onnx.losses).toHaveLength(Math.ceil(rows / training.batchSize));
  expect(deviation(onnx.losses, tfjs.losses, 0)).toBeLessThan(LOSS_BOUND);
  const { weights, statistics } = parameterLayout(model);
  const arrays = ({ state }: Trained): Float32Array[] => [
    withoutDrift(state.weights, weights, model),
    withoutDrift(state.statistics, statistics, model),
    ...state.slots,
  ];
  const others = arrays(tfjs);
  for (const [i, array] of arrays(onnx).entries()) expect(deviation(array, others[i]!, 1)).toBeLessThan(ARRAY_BOUND);
  expect(tfjs.state.step).toBe(onnx.state.step);
  const predictions = await predict(onnxEngine(), model, onnx.state);
  expect(deviation(predictions, await predict(engine, model, onnx.state), 1)).toBeLessThan(ARRAY_BOUND);
}
