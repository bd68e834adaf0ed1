import { categorical, choice, float, type Infer, int, ordered, repeat, space } from 'assay';

/** Everything about the network and its training that the study may change. */
export const taxiSpace = space({
  layers: int(2, 4),
  units: repeat('layers', int(10, 250, { step: 10 })),
  activation: categorical(['relu', 'elu', 'tanh', 'gelu', 'selu']),
  /** Where each hidden layer normalizes. */
  batchNorm: categorical(['none', 'before', 'after']),
  /** How slowly the running statistics follow, of the hidden layers' and the input's normalization. */
  batchNormMomentum: ordered([0.9, 0.95, 0.99]),
  dropout: float(0, 0.25),
  /** How features enter: as they are, by the training rows' mean and deviation, or through a batch norm of their own. */
  input: categorical(['plain', 'standardized', 'batchNorm']),
  /** Huber's bend is at one dollar. */
  loss: categorical(['mse', 'mae', 'huber']),
  optimizer: choice({
    adam: {},
    adamw: { weightDecay: float(1e-5, 0.1, { log: true }) },
    rmsprop: { rho: float(0.8, 0.99) },
  }),
  learningRate: float(5e-4, 2e-2, { log: true }),
  /** Step: a third of the rate after each third of the passes. */
  schedule: categorical(['constant', 'cosine', 'step']),
  batchSize: ordered([128, 256, 512, 1024]),
  /** Penalty on the kernels of all hidden layers but the last, or of the only one. */
  penalty: choice({
    none: {},
    kernel: { l1: float(1e-7, 1e-2, { log: true }), l2: float(1e-7, 1e-2, { log: true }) },
  }),
  passes: int(20, 40),
  /** Passes without a better validation value after which training stops. */
  patience: int(2, 10),
  /** Feature groups that the network sees; the distance it always sees. */
  features: {
    passengers: categorical([true, false]),
    /** Weekday and month. */
    calendar: categorical([true, false]),
    /** Hour and year. */
    clock: categorical([true, false]),
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
  batchNormMomentum: 0.99,
  dropout: 0.1,
  input: 'batchNorm',
  loss: 'mse',
  optimizer: { kind: 'adam' },
  learningRate: 0.001,
  schedule: 'constant',
  batchSize: 256,
  penalty: { kind: 'kernel', l1: 0.01, l2: 0.005 },
  passes: 40, // the course allows 100; its patience ends training long before either
  patience: 2,
  features: { passengers: true, calendar: true, clock: true, districts: true },
};
