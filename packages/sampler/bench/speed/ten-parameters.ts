import { categorical, float, int, type SearchSpace, space } from '@assay/space';

/** A mixed space of ten parameters, as a network's training has them. */
export const TEN_PARAMETERS: SearchSpace = space({
  lr: float(1e-6, 1, { log: true }),
  decay: float(1e-8, 1e-2, { log: true }),
  momentum: float(0, 0.99),
  dropout: float(0, 0.9, { step: 0.1 }),
  clip: float(0.1, 10, { log: true }),
  layers: int(1, 8),
  units: int(16, 1024, { log: true }),
  batch: int(16, 512, { step: 16 }),
  optimizer: categorical(['sgd', 'adam', 'rms', 'lamb']),
  activation: categorical(['relu', 'gelu', 'tanh']),
}).parameters;
