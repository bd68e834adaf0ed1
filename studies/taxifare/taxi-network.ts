import {
  countSteps,
  describeNetwork,
  type InputBlock,
  type InputDescription,
  type Loss,
  OPTIMIZER_DEFAULTS,
  type Optimizer,
  oneHotStandardization,
  type Schedule,
  standardizationOf,
  type TableFacts,
  type TableFit,
} from 'assay';
import type { TaxiParams } from './taxi-space.js';

/** A trial's network and training. The network learns dollars, unscaled. */
export function taxiNetwork(params: TaxiParams, facts: TableFacts): TableFit {
  const { passes, batchSize } = params;
  const steps = countSteps({ passes: 1, epochsPerShard: 1 }, facts.shardRows, batchSize);
  return {
    model: describeNetwork({
      input: inputOf(params, facts),
      inputNorm: params.input === 'batchNorm',
      hidden: hiddenOf(params),
      activation: params.activation,
      batchNorm: params.batchNorm,
      batchNormMomentum: params.batchNormMomentum,
    }),
    training: {
      loss: lossOf(params.loss),
      optimizer: optimizerOf(params.optimizer),
      schedule: scheduleOf(params, steps),
      clipNorm: null,
      batchSize,
    },
    passes,
    epochsPerShard: 1,
    patiencePasses: params.patience,
  };
}

function hiddenOf({ units, dropout, penalty }: TaxiParams) {
  const { l1, l2 } = penalty.kind === 'kernel' ? penalty : { l1: 0, l2: 0 };
  const penalized = Math.max(1, units.length - 1);
  return units.map((width, layer) => ({
    units: width,
    dropout,
    l1: layer < penalized ? l1 : 0,
    l2: layer < penalized ? l2 : 0,
  }));
}

function inputOf({ features, input }: TaxiParams, facts: TableFacts): InputDescription {
  const on: Readonly<Record<string, boolean>> = {
    passengers: features.passengers,
    weekday: features.calendar,
    month: features.calendar,
    trend: features.clock,
    hour: features.clock,
    distance: true,
    pickup_district: features.districts,
    dropoff_district: features.districts,
  };
  const seen = facts.groups.flatMap(({ name, start, end }) => (on[name] ? range(start, end) : []));
  return { width: facts.features.length, blocks: blocksOf(seen, facts, input === 'standardized') };
}

function range(start: number, end: number): number[] {
  return Array.from({ length: end - start }, (_, index) => start + index);
}

/** In the order of the columns: categories as zeros and ones, the numbers between them together. */
function blocksOf(columns: readonly number[], facts: TableFacts, standardized: boolean): InputBlock[] {
  const blocks: InputBlock[] = [];
  for (const column of columns) {
    const statistics = facts.featureStatistics[column]!;
    const last = blocks.at(-1);
    if (statistics.kind === 'category') blocks.push(oneHotBlock(column, statistics, standardized));
    else if (last?.kind === 'values')
      blocks[blocks.length - 1] = valuesBlock([...last.columns, column], facts, standardized);
    else blocks.push(valuesBlock([column], facts, standardized));
  }
  return blocks;
}

function valuesBlock(columns: readonly number[], { featureStatistics }: TableFacts, standardized: boolean): InputBlock {
  const standardization = standardized ? standardizationOf(featureStatistics, columns) : null;
  return { kind: 'values', columns, standardization };
}

function oneHotBlock(
  column: number,
  { counts, none }: { readonly counts: readonly number[]; readonly none: number },
  standardized: boolean,
): InputBlock {
  const rows = counts.reduce((sum, count) => sum + count, none);
  const standardization = standardized ? oneHotStandardization(counts, rows) : null;
  return { kind: 'oneHot', column, size: counts.length, standardization };
}

function lossOf(loss: TaxiParams['loss']): Loss {
  return loss === 'huber' ? { kind: 'huber', delta: 1 } : { kind: loss };
}

function optimizerOf(optimizer: TaxiParams['optimizer']): Optimizer {
  switch (optimizer.kind) {
    case 'adam':
      return OPTIMIZER_DEFAULTS.adam;
    case 'adamw':
      return { ...OPTIMIZER_DEFAULTS.adamw, weightDecay: optimizer.weightDecay };
    case 'rmsprop':
      return { ...OPTIMIZER_DEFAULTS.rmsprop, rho: optimizer.rho };
  }
}

function scheduleOf({ learningRate: rate, schedule, passes }: TaxiParams, stepsPerPass: number): Schedule {
  switch (schedule) {
    case 'constant':
      return { kind: 'constant', rate };
    case 'cosine':
      return { kind: 'cosine', rate, steps: stepsPerPass * passes, floor: 0 };
    case 'step':
      return { kind: 'step', rate, every: Math.ceil((stepsPerPass * passes) / 3), factor: 1 / 3 };
  }
}
