import { categorical, choice, float, type Infer, int, ordered, repeat, type Space, space } from '@assay/space';
import {
  countSteps,
  describeNetwork,
  type InputBlock,
  type InputDescription,
  type LabelHead,
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Schedule,
  standardizationOf,
} from '@assay/training';
import type { TableFacts, TableFit } from './table-study.js';

/** Categories up to this many enter one-hot: an embedding of so few has no fewer numbers to learn. */
const ONE_HOT_CATEGORIES = 12;

const NETWORK = {
  layers: int(1, 3),
  units: repeat('layers', int(16, 256, { log: true })),
  activation: categorical(['relu', 'gelu', 'selu']),
  batchNorm: categorical(['none', 'before']),
  dropout: float(0, 0.4),
  /** Columns of each embedding, but never more than half of its categories. */
  embedding: ordered([4, 8, 16, 32]),
} as const;

const TRAINING = {
  optimizer: choice({ adam: {}, adamw: { weightDecay: float(1e-5, 0.1, { log: true }) } }),
  learningRate: float(3e-4, 1e-2, { log: true }),
  schedule: categorical(['constant', 'cosine']),
  batchSize: ordered([128, 256, 512, 1024]),
  passes: int(10, 40),
} as const;

/** What {@link tabularNetwork} tunes. Losses are in deviations of the label, so their ranges suit any label. */
const tabularSpace = space({ ...NETWORK, loss: categorical(['mse', 'huber', 'mae']), ...TRAINING });

/** What {@link tabularClassifier} tunes: classes have one loss. */
const classifierSpace = space({ ...NETWORK, ...TRAINING });

export type TabularParams = Infer<typeof tabularSpace>;
export type ClassifierParams = Infer<typeof classifierSpace>;

const DEFAULTS: ClassifierParams = {
  layers: 2,
  units: [128, 64],
  activation: 'relu',
  batchNorm: 'none',
  dropout: 0.1,
  embedding: 8,
  optimizer: { kind: 'adam' },
  learningRate: 1e-3,
  schedule: 'cosine',
  batchSize: 256,
  passes: 20,
};

/** Passes without a better validation value after which training stops. */
const PATIENCE = 5;

/** Nobody says how a table is sorted. On trips in the order of their dates, 8 shards were as good as 4, and better than 2. */
const MIXED_SHARDS = 8;

/** A group of mixed shards is no larger: a training holds three. */
const MIXED_BYTES = 64 * 2 ** 20;

/** A search space with the network it describes: what a table study needs beside its recipe and its files. */
export interface TabularNetwork<P = TabularParams> {
  readonly space: Space<P>;
  readonly defaults: P;
  readonly fit: (params: P, facts: TableFacts) => TableFit;
}

/** The same for classes, whose trials are measured by their log loss. */
export interface TabularClassifier extends TabularNetwork<ClassifierParams> {
  readonly metric: 'logLoss';
}

/**
 * A network for any table, with the space that tunes it: numbers standardized, small categories one-hot, large ones embedded,
 * one to three hidden layers. A start; a study that knows its table declares a space of its own.
 */
export function tabularNetwork(): TabularNetwork {
  return {
    space: tabularSpace,
    defaults: { ...DEFAULTS, loss: 'mse' },
    fit: (params, facts) => fit(params, facts, scaledLabel(facts), lossOf(params.loss)),
  };
}

/**
 * {@link tabularNetwork} for a label that is a class: it gives a probability for each.
 * @param classes how many there are, two or more; the label's values are 0 .. classes - 1
 */
export function tabularClassifier(classes: number): TabularClassifier {
  const label: LabelHead = classes === 2 ? { kind: 'binary' } : { kind: 'classes', size: classes };
  return {
    space: classifierSpace,
    defaults: DEFAULTS,
    metric: 'logLoss',
    fit: (params, facts) => fit(params, facts, label, { kind: 'crossEntropy' }),
  };
}

function scaledLabel({ label }: TableFacts): LabelHead {
  return { kind: 'linear', mean: label.mean, deviation: label.std > 0 ? label.std : 1 };
}

function fit(params: ClassifierParams, facts: TableFacts, label: LabelHead, loss: Loss): TableFit {
  const { passes, batchSize, dropout } = params;
  const steps = countSteps({ passes, epochsPerShard: 1 }, facts.shardRows, batchSize);
  return {
    model: describeNetwork({
      input: inputOf(facts, params.embedding),
      inputNorm: false,
      hidden: params.units.map((units) => ({ units, dropout, l1: 0, l2: 0 })),
      activation: params.activation,
      batchNorm: params.batchNorm,
      label,
    }),
    training: {
      loss,
      optimizer: optimizerOf(params.optimizer),
      schedule: scheduleOf(params, steps),
      clipNorm: 1,
      batchSize,
    },
    passes,
    epochsPerShard: 1,
    mixedShards: mixedShards(facts),
    patiencePasses: PATIENCE,
  };
}

function mixedShards({ features, shardRows }: TableFacts): number {
  const shardBytes = 4 * (features.length + 1) * Math.max(...shardRows);
  return Math.min(MIXED_SHARDS, Math.max(1, Math.floor(MIXED_BYTES / shardBytes)));
}

/** Groups may mix numbers and categories here, so columns are told apart one by one. */
function inputOf({ features, featureStatistics }: TableFacts, embedding: number): InputDescription {
  const numbers = features.flatMap(({ categories }, column) => (categories === null ? [column] : []));
  const categories = features.flatMap((feature, column) =>
    // No category at all where no value was frequent enough.
    feature.categories === null || feature.categories.length === 0
      ? []
      : [categoryBlock(column, feature.categories.length, embedding)],
  );
  const values: InputBlock[] =
    numbers.length === 0
      ? []
      : [{ kind: 'values', columns: numbers, standardization: standardizationOf(featureStatistics, numbers) }];
  return { width: features.length, blocks: [...values, ...categories] };
}

function categoryBlock(column: number, size: number, embedding: number): InputBlock {
  if (size <= ONE_HOT_CATEGORIES) return { kind: 'oneHot', column, size, standardization: null };
  return { kind: 'embedding', column, size, units: Math.min(embedding, Math.ceil(size / 2)) };
}

function lossOf(loss: TabularParams['loss']): Loss {
  return loss === 'huber' ? { kind: 'huber', delta: 1 } : { kind: loss };
}

function optimizerOf(optimizer: ClassifierParams['optimizer']) {
  return optimizer.kind === 'adam'
    ? OPTIMIZER_DEFAULTS.adam
    : { ...OPTIMIZER_DEFAULTS.adamw, weightDecay: optimizer.weightDecay };
}

function scheduleOf({ schedule, learningRate: rate }: ClassifierParams, steps: number): Schedule {
  return schedule === 'cosine' ? { kind: 'cosine', rate, steps, floor: 0 } : { kind: 'constant', rate };
}
