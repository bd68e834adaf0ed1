import {
  countSteps,
  describeNetwork,
  type LabelHead,
  OPTIMIZER_DEFAULTS,
  type Schedule,
  type TableFacts,
  type TableFit,
  tableInput,
} from 'assay';
import type { TripParams } from './trip-space.js';

/** A trial's network and training. The network learns durations in standard deviations from their mean. */
export function tripNetwork(params: TripParams, facts: TableFacts): TableFit {
  const { zones, routes, clock, tripType, optimizer, loss, batchSize, passes, patience } = params;
  return {
    model: describeNetwork({
      input: tableInput(facts, {
        distance: { kind: 'standardized' },
        pickup: zones,
        dropoff: zones,
        route: routes,
        hour: { kind: clock ? 'oneHot' : 'none' },
        weekday: { kind: clock ? 'oneHot' : 'none' },
        trip_type: tripType ? { kind: 'embedding', units: 2 } : { kind: 'none' },
      }),
      inputNorm: false,
      hidden: params.units.map((units) => ({ units, dropout: params.dropout, l1: 0, l2: 0 })),
      activation: params.activation,
      batchNorm: 'none', // a shard is a few days: with it 5.65 minutes where 5.45 are reached without
      label: headOf(params, facts),
    }),
    training: {
      loss,
      optimizer: { ...OPTIMIZER_DEFAULTS[optimizer.kind], ...optimizer },
      schedule: scheduleOf(params, countSteps({ passes, epochsPerShard: 1 }, facts.shardRows, batchSize)),
      clipNorm: null,
      batchSize,
    },
    passes,
    epochsPerShard: 1,
    patiencePasses: patience,
  };
}

function headOf({ output }: TripParams, { label: { mean, std } }: TableFacts): LabelHead {
  const deviation = std > 0 ? std : 1;
  return output === 'softplus' ? { kind: 'softplus', deviation } : { kind: 'linear', mean, deviation };
}

function scheduleOf({ schedule, learningRate: rate }: TripParams, steps: number): Schedule {
  return schedule === 'cosine' ? { kind: 'cosine', rate, steps, floor: 0 } : { kind: 'constant', rate };
}
