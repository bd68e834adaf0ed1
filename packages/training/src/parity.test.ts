import { beforeAll, describe, expect, it } from 'vitest';
import { type BatchPlan, dropoutPool, dropoutWidths, planBatches } from './batch-plan.js';
import { type Engine, OPEN_GATE } from './engine.js';
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
  planPart,
  trainingOf,
} from './testing/cases.js';
import { tfjsEngine } from './tfjs/tfjs-engine.js';
import { OPTIMIZER_DEFAULTS, type TrainingDescription } from './training-description.js';

/** What the two engines may differ by in a batch's loss, relative to it. Measured: at most 2.3e-6. */
const LOSS_BOUND = 1e-4;
/** And in a weight, running statistic, slot or prediction, relative to it or to 1 if that is more. Measured: at most 1e-6. */
const ARRAY_BOUND = 1e-5;

/** 49 batches of 8 rows and one of 5: 50 steps. */
const CHUNK = caseChunk(397, 2);
const UNSEEN = caseChunk(64, 3);

interface Training {
  readonly model: ModelDescription;
  readonly training: TrainingDescription;
}

const EVERYTHING = MODEL_CASES.at(-1)!.model;
const SMALL = modelOf([dense(5), activation('tanh'), dense(1)]);

/** A small rate, so that no training diverges: where losses grow, rounding errors grow with them. */
const RATE = 0.005;
const training = (options: Partial<TrainingDescription>): TrainingDescription =>
  trainingOf({ schedule: { kind: 'constant', rate: RATE }, ...options });

const CASES: readonly (Training & { readonly name: string })[] = [
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

function planOf({ model, training }: Training): BatchPlan {
  const { batchSize } = training;
  const pool = dropoutPool(model, batchSize, 1);
  return planBatches({ model, rows: CHUNK.rows, batchSize, pool }, { seed: 1, pass: 0, shard: 0, epoch: 0 });
}

interface Trained {
  readonly losses: Float32Array;
  readonly state: ModelState;
}

async function train(
  engine: Engine,
  { model, training }: Training,
  { plan, state }: { readonly plan?: BatchPlan; readonly state?: ModelState } = {},
): Promise<Trained> {
  const start = state ?? caseState(model, training.optimizer, 1);
  const trainer = await engine.createTrainer({ model, training, state: start });
  const losses = await trainer.train(labelled(CHUNK, model.label), plan ?? planOf({ model, training }));
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
function deviation(reference: Float32Array, other: Float32Array, floor: number): number {
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

async function expectParity(engine: Engine, { model, training }: Training): Promise<void> {
  const onnx = await train(onnxEngine(), { model, training });
  const tfjs = await train(engine, { model, training });
  expect(onnx.losses).toHaveLength(50);
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

describe('tfjs wasm agrees with onnx over 50 steps', () => {
  let wasm: Engine;
  beforeAll(async () => {
    wasm = await tfjsEngine(OPEN_GATE, { backends: ['wasm'] });
  });

  it.each(CASES)('$name', (tried) => expectParity(wasm, tried));

  it('and a training may go on with the other engine', async () => {
    const both = {
      model: EVERYTHING,
      training: training({ optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true } }),
    };
    const plan = planOf(both);
    const layers = dropoutWidths(both.model).length;
    const whole = await train(onnxEngine(), both);
    const first = await train(onnxEngine(), both, { plan: planPart(plan, layers, 0, 25) });
    const second = await train(wasm, both, { plan: planPart(plan, layers, 25, 50), state: first.state });
    expect(deviation(whole.losses.subarray(25), second.losses, 0)).toBeLessThan(LOSS_BOUND);
    expect(second.state.step).toBe(50);
  });

  // What the bounds above catch: each differs from the onnx run in one detail.
  const adam = { model: SMALL, training: training({ optimizer: OPTIMIZER_DEFAULTS.adam }) };
  const dropping = { model: modelOf([dense(5), dropout(0.5), dense(1)]), training: training({}) };
  const momentum = (nesterov: boolean) => ({
    model: SMALL,
    training: training({ optimizer: { kind: 'sgd', momentum: 0.9, nesterov } }),
  });
  it.each([
    {
      name: 'a rate that is 0.5% larger',
      right: adam,
      wrong: { ...adam, training: { ...adam.training, schedule: { kind: 'constant', rate: 1.005 * RATE } as const } },
    },
    {
      name: 'an epsilon of 1e-4 instead of 1e-7',
      right: adam,
      wrong: { ...adam, training: training({ optimizer: { ...OPTIMIZER_DEFAULTS.adam, epsilon: 1e-4 } }) },
    },
    { name: 'momentum that is not nesterov', right: momentum(true), wrong: momentum(false) },
    {
      name: 'an L2 penalty of 0.0005',
      right: adam,
      wrong: { ...adam, model: modelOf([dense(5), activation('tanh'), dense(1, { l2: 0.0005 })]) },
    },
    {
      name: 'one dropout window that starts one draw later',
      right: dropping,
      wrong: dropping,
      move: (plan: BatchPlan) => ({
        ...plan,
        dropoutOffsets: plan.dropoutOffsets.map((at, b) => at + (b === 9 ? 1 : 0)),
      }),
    },
    {
      name: 'a batch norm momentum of 0.9 instead of 0.901',
      right: { ...adam, model: normalized(0.9) },
      wrong: { ...adam, model: normalized(0.901) },
      of: (trained: Trained) => trained.state.statistics,
    },
  ])('$name is beyond the bound', async ({ right, wrong, move, of = ({ losses }: Trained) => losses }) => {
    const plan = planOf(right);
    const onnx = await train(onnxEngine(), right);
    const tfjs = await train(wasm, wrong, { plan: move?.(plan) ?? plan });
    expect(deviation(of(onnx), of(tfjs), 0)).toBeGreaterThan(LOSS_BOUND);
  });
});

function normalized(momentum: number): ModelDescription {
  return modelOf([dense(4, { bias: false }), { kind: 'batchNorm', momentum, epsilon: 1e-3 }, dense(1)]);
}

describe('tfjs cpu agrees with onnx over 50 steps', () => {
  it.each(CASES.filter(({ model }) => model === EVERYTHING))('$name', async (tried) =>
    expectParity(await tfjsEngine(OPEN_GATE, { backends: ['cpu'] }), tried),
  );
});
