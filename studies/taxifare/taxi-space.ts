import { categorical, choice, float, type Infer, int, ordered, repeat, space } from 'assay';

/** Everything about the network and its training that the study may change. */
export const taxiSpace = space({
  layers: int(1, 4),
  units: repeat('layers', int(10, 256, { log: true })),
  activation: categorical(['relu', 'elu', 'tanh', 'gelu', 'selu']),
  /** Where each hidden layer normalizes. */
  batchNorm: categorical(['none', 'before', 'after']),
  dropout: float(0, 0.3),
  /** How features enter: as they are, by the training rows' mean and deviation, or through a batch norm of their own. */
  input: categorical(['plain', 'standardized', 'batchNorm']),
  loss: choice({ mse: {}, mae: {}, huber: { delta: float(0.1, 3, { log: true }) } }),
  optimizer: choice({
    adam: {},
    adamw: { weightDecay: float(1e-5, 0.1, { log: true }) },
    rmsprop: { rho: float(0.8, 0.99) },
    sgd: { momentum: float(0, 0.99), nesterov: categorical([false, true]) },
  }),
  learningRate: float(3e-4, 3e-2, { log: true }),
  schedule: choice({ constant: {}, cosine: {}, step: { passes: int(2, 10), factor: float(0.1, 0.9) } }),
  batchSize: ordered([64, 128, 256, 512, 1024]),
  /** Penalty on the kernels of all hidden layers but the last, or of the only one. */
  penalty: choice({
    none: {},
    kernel: { l1: float(1e-7, 1e-2, { log: true }), l2: float(1e-7, 1e-2, { log: true }) },
  }),
  passes: int(10, 100, { log: true }),
  /** Passes without a better validation value after which training stops. */
  patience: int(2, 10),
  /** Feature groups that the network sees; the distance it always sees. */
  features: {
    passengers: categorical([true, false]),
    calendar: categorical([true, false]),
    trend: categorical([true, false]),
    hour: categorical([true, false]),
    districts: categorical([true, false]),
  },
});

export type TaxiParams = Infer<typeof taxiSpace>;

/** The network of the course "Train at scale", first edition, as closely as the space can say it. */
export const COURSE_NETWORK: TaxiParams = {
  layers: 3,
  units: [100, 50, 10],
  activation: 'relu',
  batchNorm: 'after',
  dropout: 0.1,
  input: 'batchNorm',
  loss: { kind: 'mse' },
  optimizer: { kind: 'adam' },
  learningRate: 0.001,
  schedule: { kind: 'constant' },
  batchSize: 256,
  penalty: { kind: 'kernel', l1: 0.01, l2: 0.005 },
  passes: 100,
  patience: 2,
  features: { passengers: true, calendar: true, trend: true, hour: true, districts: true },
};
