import { categorical, choice, float, type Infer, int, ordered, repeat, space } from 'assay';

/** Everything about the network and its training that the study may change. */
export const tripSpace = space({
  layers: int(1, 3),
  units: repeat('layers', int(32, 256, { step: 32 })),
  activation: categorical(['relu', 'elu', 'gelu']),
  dropout: float(0, 0.3),
  /** How the network sees the zones of pickup and dropoff: a column each, or some trained numbers each. */
  zones: choice({ oneHot: {}, embedding: { units: ordered([4, 8, 16, 32]) } }),
  /** Whether it sees which pickup meets which dropoff, as trained numbers for each pair that occurs often enough. */
  routes: choice({ none: {}, embedding: { units: ordered([2, 4, 8, 16]) } }),
  /** Hour and weekday of the pickup. */
  clock: categorical([true, false]),
  tripType: categorical([true, false]),
  /** Softplus cannot predict a negative duration, which linear regression does. */
  output: categorical(['linear', 'softplus']),
  /** Huber's bend, in standard deviations of the durations. */
  loss: choice({ mse: {}, huber: { delta: float(0.2, 2, { log: true }) } }),
  optimizer: choice({ adam: {}, adamw: { weightDecay: float(1e-4, 0.1, { log: true }) } }),
  learningRate: float(5e-4, 1e-2, { log: true }),
  schedule: categorical(['constant', 'cosine']),
  batchSize: ordered([128, 256, 512, 1024]),
  passes: int(5, 20),
  /** Passes without a better validation value after which training stops. */
  patience: int(2, 6),
});

export type TripParams = Infer<typeof tripSpace>;

/** What the course's first regression sees, given to a small network. */
export const COURSE_FEATURES: TripParams = {
  layers: 2,
  units: [64, 32],
  activation: 'relu',
  dropout: 0,
  zones: { kind: 'oneHot' },
  routes: { kind: 'none' },
  clock: false,
  tripType: false,
  output: 'linear',
  loss: { kind: 'mse' },
  optimizer: { kind: 'adam' },
  learningRate: 1e-3,
  schedule: 'constant',
  batchSize: 256,
  passes: 15,
  patience: 3,
};
