import type { BatchPlan } from '../batch-plan.js';
import type { Chunk } from '../engine.js';
import { initialState } from '../initial-state.js';
import { type InputBlock, type InputDescription, plainInput, type Standardization } from '../input-description.js';
import { type LabelHead, outputCount, PLAIN_LABEL } from '../label-head.js';
import type { ActivationName, Layer, ModelDescription } from '../model-description.js';
import type { ModelState } from '../model-state.js';
import { randomStream } from '../random-stream.js';
import {
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Optimizer,
  type ResidualLoss,
  type TrainingDescription,
} from '../training-description.js';

/** Columns of the rows that the cases train on: six numbers and two categories. */
export const CASE_WIDTH = 8;
const NUMBERS = 6;
/** Where the categories lie, and how many values each has beside -1. */
const CATEGORIES = [
  { column: 6, size: 4 },
  { column: 7, size: 3 },
] as const;

export const dense = (units: number, options: Partial<Extract<Layer, { kind: 'dense' }>> = {}): Layer => ({
  kind: 'dense',
  units,
  bias: true,
  l1: 0,
  l2: 0,
  ...options,
});
export const activation = (name: ActivationName): Layer => ({ kind: 'activation', activation: name });
export const batchNorm: Layer = { kind: 'batchNorm', momentum: 0.9, epsilon: 1e-3 };
export const dropout = (rate: number): Layer => ({ kind: 'dropout', rate });

export const inputOf = (...blocks: readonly InputBlock[]): InputDescription => ({ width: CASE_WIDTH, blocks });
const values = (...columns: readonly number[]): InputBlock => ({ kind: 'values', columns, standardization: null });
const oneHot = (index: 0 | 1, standardization: Standardization | null = null): InputBlock => ({
  kind: 'oneHot',
  ...CATEGORIES[index],
  standardization,
});
const embedding = (index: 0 | 1, units: number): InputBlock => ({ kind: 'embedding', ...CATEGORIES[index], units });

export function modelOf(layers: readonly Layer[], options: Partial<ModelDescription> = {}): ModelDescription {
  return {
    input: inputOf({ kind: 'values', columns: [0, 1, 2, 3, 4, 5], standardization: null }),
    layers,
    label: PLAIN_LABEL,
    ...options,
  };
}

export function trainingOf(options: Partial<TrainingDescription> = {}): TrainingDescription {
  return {
    loss: { kind: 'mse' },
    optimizer: OPTIMIZER_DEFAULTS.sgd,
    schedule: { kind: 'constant', rate: 0.05 },
    clipNorm: null,
    batchSize: 8,
    ...options,
  };
}

/** Every layer, activation and input option, small enough for finite differences over all weights. */
export const MODEL_CASES: readonly { readonly name: string; readonly model: ModelDescription }[] = [
  { name: 'linear', model: modelOf([dense(1)]) },
  ...(['relu', 'elu', 'tanh', 'gelu', 'selu'] as const).map((name) => ({
    name,
    model: modelOf([dense(5), activation(name), dense(1)]),
  })),
  { name: 'batch norm on the input', model: modelOf([batchNorm, dense(4), activation('tanh'), dense(1)]) },
  {
    name: 'batch norm before the activation, no bias',
    model: modelOf([dense(4, { bias: false }), batchNorm, activation('elu'), dense(1)]),
  },
  { name: 'batch norm after the activation', model: modelOf([dense(4), activation('tanh'), batchNorm, dense(1)]) },
  {
    name: 'two dropouts of one rate and one of another',
    model: modelOf([dropout(0.2), dense(5), activation('tanh'), dropout(0.2), dense(4), dropout(0.5), dense(1)]),
  },
  { name: 'L1', model: modelOf([dense(4, { l1: 0.02 }), activation('tanh'), dense(1)]) },
  { name: 'L2', model: modelOf([dense(4), activation('tanh'), dense(1, { l2: 0.03 })]) },
  { name: 'L1 and L2', model: modelOf([dense(4, { l1: 0.01, l2: 0.02 }), activation('selu'), dense(1, { l1: 0.03 })]) },
  {
    name: 'columns, standardization and label scaling',
    model: modelOf([dense(3), activation('gelu'), dense(1)], {
      input: inputOf({
        kind: 'values',
        columns: [0, 2, 5],
        standardization: { mean: [0.1, -0.2, 0], deviation: [1, 2, 0.5] },
      }),
      label: { kind: 'linear', mean: 3, deviation: 2 },
    }),
  },
  { name: 'every column as it is', model: modelOf([dense(1)], { input: plainInput(CASE_WIDTH) }) },
  {
    name: 'one-hot blocks, plain and standardized',
    model: modelOf([dense(4), activation('tanh'), dense(1)], {
      input: inputOf(
        oneHot(0),
        values(1, 3),
        oneHot(1, { mean: [0.2, 0.3, 0.4], deviation: [0.4, 0.5, 1] }),
        values(4),
      ),
    }),
  },
  {
    name: 'nothing but an embedding, and no hidden layer',
    model: modelOf([dense(1)], { input: inputOf(embedding(0, 3)) }),
  },
  {
    name: 'embeddings first, between and last, two of them of one column',
    model: modelOf([dense(5), activation('tanh'), dense(1, { l2: 0.03 })], {
      input: inputOf(embedding(1, 2), values(0, 1), oneHot(0), embedding(0, 3), values(2, 3, 4, 5), embedding(0, 1)),
    }),
  },
  {
    name: 'embeddings before dropout and batch norm',
    model: modelOf([dropout(0.2), batchNorm, dense(4), activation('elu'), dense(1)], {
      input: inputOf(values(0, 4), embedding(0, 2)),
    }),
  },
  {
    name: 'everything at once',
    model: modelOf([
      batchNorm,
      dense(6, { bias: false, l2: 0.01 }),
      batchNorm,
      activation('relu'),
      dropout(0.3),
      dense(4, { l1: 0.01 }),
      activation('gelu'),
      batchNorm,
      dense(1),
    ]),
  },
];

export const LOSS_CASES: readonly ResidualLoss[] = [
  { kind: 'mse' },
  { kind: 'mae' },
  { kind: 'huber', delta: 1 },
  { kind: 'huber', delta: 0.3 },
];

/** Every kind of label beside the plain one, with the losses that train it. */
export const LABEL_CASES: readonly {
  readonly name: string;
  readonly model: ModelDescription;
  readonly losses: readonly Loss[];
}[] = [
  labelCase({ kind: 'log', mean: 0.4, deviation: 2 }, LOSS_CASES),
  labelCase({ kind: 'softplus', deviation: 3 }, LOSS_CASES),
  labelCase({ kind: 'binary' }, [{ kind: 'crossEntropy' }]),
  labelCase({ kind: 'classes', size: 3 }, [{ kind: 'crossEntropy' }]),
];

function labelCase(label: LabelHead, losses: readonly Loss[]) {
  const layers = [dense(4), activation('tanh'), dense(outputCount(label), { l1: 0.01 })];
  return { name: `a label of kind ${label.kind}`, model: modelOf(layers, { label }), losses };
}

/** The chunk with labels that the head can learn. */
export function labelled(chunk: Chunk, label: LabelHead): Chunk {
  switch (label.kind) {
    case 'linear':
      return chunk;
    case 'log':
    case 'softplus':
      return { ...chunk, y: chunk.y.map(Math.exp) };
    case 'binary':
      return { ...chunk, y: chunk.y.map((value) => (value > 0.5 ? 1 : 0)) };
    case 'classes':
      return { ...chunk, y: chunk.y.map((value) => Math.min(Math.max(Math.floor(value), 0), label.size - 1)) };
  }
}

export const OPTIMIZER_CASES: readonly { readonly name: string; readonly optimizer: Optimizer }[] = [
  { name: 'sgd', optimizer: OPTIMIZER_DEFAULTS.sgd },
  { name: 'sgd with momentum', optimizer: { kind: 'sgd', momentum: 0.9, nesterov: false } },
  { name: 'sgd with nesterov momentum', optimizer: { kind: 'sgd', momentum: 0.9, nesterov: true } },
  { name: 'adam', optimizer: OPTIMIZER_DEFAULTS.adam },
  { name: 'adamw', optimizer: { ...OPTIMIZER_DEFAULTS.adamw, weightDecay: 0.1 } },
  { name: 'rmsprop', optimizer: OPTIMIZER_DEFAULTS.rmsprop },
];

/** Numbers in [-1, 1), and categories, -1 among them; labels are a smooth function of the numbers with noise. */
export function caseChunk(rows: number, seed: number): Chunk {
  const stream = randomStream(seed, 'case');
  const categories = randomStream(seed, 'categories');
  const x = new Float32Array(rows * CASE_WIDTH);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < NUMBERS; column++) x[row * CASE_WIDTH + column] = 2 * stream.next() - 1;
    for (const { column, size } of CATEGORIES) {
      x[row * CASE_WIDTH + column] = Math.floor(categories.next() * (size + 1)) - 1;
    }
  }
  const y = Float32Array.from({ length: rows }, (_, row) => {
    const at = (column: number): number => x[row * CASE_WIDTH + column]!;
    return 2 * at(0) - at(1) + at(2) * at(3) + Math.sin(2 * at(4)) + stream.next();
  });
  return { rows, x, y };
}

/** An initial state whose biases, gammas, betas and tables are moved off 0 and 1, where a wrong gradient can look right. */
export function caseState(model: ModelDescription, optimizer: Optimizer, seed: number): ModelState {
  const state = initialState(model, optimizer, seed);
  const stream = randomStream(seed, 'moved');
  return { ...state, weights: state.weights.map((w) => w + 0.6 * stream.next() - 0.3) };
}

/** The part of a plan that trains batches `first` to `last`, the latter excluded. */
export function planPart(plan: BatchPlan, dropoutLayers: number, first: number, last: number): BatchPlan {
  return {
    ...plan,
    order: plan.order.subarray(first * plan.batchSize, last * plan.batchSize),
    dropoutOffsets: plan.dropoutOffsets.subarray(first * dropoutLayers, last * dropoutLayers),
  };
}
