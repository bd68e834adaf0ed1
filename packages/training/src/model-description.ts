import { blockWidth, checkInput, type InputDescription } from './input-description.js';
import { checkLabelHead, type LabelHead, outputCount } from './label-head.js';
import { isCount, isPositive, requireModel } from './require-model.js';

/**
 * relu: max(x, 0). elu: x or exp(x) - 1 where x <= 0. tanh. gelu: x Φ(x) with the exact normal CDF (erf), Keras' default.
 * selu: 1.0507009873554805 elu(x) with alpha 1.6732632423543772 (Klambauer et al. 2017). Derivative of relu at 0: 0.
 */
export type ActivationName = 'relu' | 'elu' | 'tanh' | 'gelu' | 'selu';

/** One layer of the network. There is no `linear` activation: leave the activation layer out. */
export type Layer =
  /** x · kernel + bias; kernel is inputs x units, row-major. The objective gains l1 Σ|k| + l2 Σk² over the kernel. */
  | { readonly kind: 'dense'; readonly units: number; readonly bias: boolean; readonly l1: number; readonly l2: number }
  | { readonly kind: 'activation'; readonly activation: ActivationName }
  /**
   * gamma (x - mean) / sqrt(variance + epsilon) + beta, per column (Ioffe and Szegedy 2015, with Keras' conventions).
   * Training: mean and biased variance of the batch; running = momentum running + (1 - momentum) batch, also with the
   * biased variance. Inference: the running statistics.
   */
  | { readonly kind: 'batchNorm'; readonly momentum: number; readonly epsilon: number }
  /** Training: an entry is kept, times 1 / (1 - rate), where its uniform draw is >= rate, else 0. Inference: identity. */
  | { readonly kind: 'dropout'; readonly rate: number };

/** A network for one label per row. The last layer is dense, with as many units as `label` asks for. */
export interface ModelDescription {
  readonly input: InputDescription;
  readonly layers: readonly Layer[];
  readonly label: LabelHead;
}

/** Columns that enter the first layer. */
export function inputWidth(model: ModelDescription): number {
  return model.input.blocks.reduce((sum, block) => sum + blockWidth(block), 0);
}

/** Columns that enter each layer, and last those that leave the network: layers + 1 numbers. */
export function layerWidths(model: ModelDescription): number[] {
  const widths = [inputWidth(model)];
  for (const layer of model.layers) {
    widths.push(layer.kind === 'dense' ? layer.units : widths[widths.length - 1]!);
  }
  return widths;
}

/**
 * Refuses a description that cannot be built.
 * @throws {TrainingError} `BAD_MODEL`, naming the layer and the value
 */
export function checkModel(model: ModelDescription): void {
  checkInput(model.input);
  model.layers.forEach(checkLayer);
  checkLabelHead(model.label);
  const units = outputCount(model.label);
  const fits = model.layers.at(-1)?.kind === 'dense' && layerWidths(model).at(-1) === units;
  requireModel(fits, () => `the last layer must be dense with ${units} ${units === 1 ? 'unit' : 'units'}`);
}

function checkLayer(layer: Layer, index: number): void {
  const at = `layers[${index}]`;
  switch (layer.kind) {
    case 'dense':
      requireModel(isCount(layer.units), () => `${at}.units must be a positive integer, got ${layer.units}`);
      requireModel(
        layer.l1 >= 0 && layer.l2 >= 0,
        () => `${at}: l1 and l2 must be >= 0, got ${layer.l1} and ${layer.l2}`,
      );
      return;
    case 'batchNorm':
      requireModel(isPositive(layer.epsilon), () => `${at}.epsilon must be > 0, got ${layer.epsilon}`);
      requireModel(isFraction(layer.momentum), () => `${at}.momentum must be in [0, 1), got ${layer.momentum}`);
      return;
    case 'dropout':
      requireModel(isFraction(layer.rate), () => `${at}.rate must be in [0, 1), got ${layer.rate}`);
      return;
    case 'activation':
      return;
  }
}

const isFraction = (x: number): boolean => x >= 0 && x < 1;
