import { categorical, choice, float, type Infer, int, ordered, repeat, space } from 'assay';

/** Everything about the network and its training that the study may change. */
export const bikeSpace = space({
  layers: int(1, 3),
  units: repeat('layers', int(16, 128, { step: 16 })),
  activation: categorical(['relu', 'elu', 'gelu']),
  dropout: float(0, 0.4),
  /** How the network sees the stations: not at all, a column each, or some trained numbers each. */
  stations: choice({ none: {}, oneHot: {}, embedding: { units: ordered([2, 4, 8, 16]) } }),
  /** Where the stations are, and how far apart. */
  places: categorical([true, false]),
  /** Hour and weekday of the start. */
  clock: categorical([true, false]),
  /** Days since 2016: riders of the later years were born later, and 2020 lies beyond all training rows. */
  trend: categorical([true, false]),
  /** Huber's bend, in standard deviations of the birth years. */
  loss: choice({ mse: {}, mae: {}, huber: { delta: float(0.05, 1, { log: true }) } }),
  optimizer: choice({ adam: {}, adamw: { weightDecay: float(1e-3, 0.3, { log: true }) } }),
  learningRate: float(3e-4, 1e-2, { log: true }),
  schedule: categorical(['constant', 'cosine']),
  batchSize: ordered([256, 512, 1024, 2048, 4096]),
  passes: int(1, 6),
  /** Passes without a better validation value after which training stops. */
  patience: int(1, 3),
});

export type BikeParams = Infer<typeof bikeSpace>;

/** The blog's network and columns, as closely as the space can say them: it took station numbers for quantities. */
export const BLOG_NETWORK: BikeParams = {
  layers: 2,
  units: [64, 32],
  activation: 'relu',
  dropout: 0,
  stations: { kind: 'oneHot' },
  places: false,
  clock: false,
  trend: false,
  loss: { kind: 'mse' },
  optimizer: { kind: 'adam' },
  learningRate: 1e-3,
  schedule: 'constant',
  batchSize: 256,
  passes: 2,
  patience: 2,
};
