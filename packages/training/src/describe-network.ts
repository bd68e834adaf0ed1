import type { InputDescription } from './input-description.js';
import { type LabelHead, outputCount, PLAIN_LABEL } from './label-head.js';
import { type ActivationName, checkModel, type Layer, type ModelDescription } from './model-description.js';

/** One hidden block; blocks without dropout or penalties say 0. */
export interface HiddenBlock {
  readonly units: number;
  readonly dropout: number;
  readonly l1: number;
  readonly l2: number;
}

export interface NetworkOptions {
  readonly input: InputDescription;
  /** A batch norm before the first dense layer. */
  readonly inputNorm: boolean;
  readonly hidden: readonly HiddenBlock[];
  /** Null: linear. */
  readonly activation: ActivationName | null;
  /**
   * Where each hidden block normalizes. `before` the activation, directly after its dense layer, which then has no bias:
   * it would have no effect and only drift with noise. `after` the activation, as the course's network does.
   */
  readonly batchNorm: 'none' | 'before' | 'after';
  /** Keras' default is 0.99. */
  readonly batchNormMomentum?: number;
  /** Default: a number as it is. */
  readonly label?: LabelHead;
}

/** Keras' defaults for BatchNormalization. */
export const BATCH_NORM_DEFAULTS = Object.freeze({ kind: 'batchNorm', momentum: 0.99, epsilon: 1e-3 } satisfies Layer);

/**
 * A feed-forward network: hidden blocks of dense, batch norm, activation and dropout, then the units of the label.
 * @throws {TrainingError} `BAD_MODEL`
 */
export function describeNetwork(options: NetworkOptions): ModelDescription {
  const { label = PLAIN_LABEL } = options;
  const model: ModelDescription = {
    input: options.input,
    layers: [
      ...(options.inputNorm ? [batchNorm(options)] : []),
      ...options.hidden.flatMap((block) => hiddenLayers(block, options)),
      { kind: 'dense', units: outputCount(label), bias: true, l1: 0, l2: 0 },
    ],
    label,
  };
  checkModel(model);
  return model;
}

function hiddenLayers({ units, dropout, l1, l2 }: HiddenBlock, options: NetworkOptions): Layer[] {
  const before = options.batchNorm === 'before';
  return [
    { kind: 'dense', units, bias: !before, l1, l2 },
    ...(before ? [batchNorm(options)] : []),
    ...(options.activation === null ? [] : [{ kind: 'activation', activation: options.activation } as const]),
    ...(options.batchNorm === 'after' ? [batchNorm(options)] : []),
    ...(dropout > 0 ? [{ kind: 'dropout', rate: dropout } as const] : []),
  ];
}

function batchNorm({ batchNormMomentum = BATCH_NORM_DEFAULTS.momentum }: NetworkOptions): Layer {
  return { ...BATCH_NORM_DEFAULTS, momentum: batchNormMomentum };
}
