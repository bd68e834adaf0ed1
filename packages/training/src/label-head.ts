import { isCount, isPositive, requireModel } from './require-model.js';
import type { Loss, ResidualLoss } from './training-description.js';
import { TrainingError } from './training-error.js';

/**
 * What the network's outputs z mean. A target is what a label becomes for the loss, the output what the loss compares with
 * it: losses (and huber's delta) are in these network units, predictions and metrics always in the label's own.
 * - linear: target (label - mean) / deviation, output z.
 * - log: labels > 0; target (ln label - mean) / deviation, output z, so errors count by their ratio. Prediction
 *   exp(z deviation + mean): the median rather than the mean where the loss is mse.
 * - softplus: target label / deviation, output ln(1 + e^z): errors count as they are, yet no prediction is negative.
 * - binary: labels 0 and 1; the prediction is the probability of 1, 1 / (1 + e^-z).
 * - classes: labels 0 .. size - 1; the prediction is each class's probability, e^z_k / Σ e^z.
 */
export type LabelHead =
  | { readonly kind: 'linear'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'log'; readonly mean: number; readonly deviation: number }
  | { readonly kind: 'softplus'; readonly deviation: number }
  | { readonly kind: 'binary' }
  | { readonly kind: 'classes'; readonly size: number };

/** Labels as they are. */
export const PLAIN_LABEL = Object.freeze({ kind: 'linear', mean: 0, deviation: 1 } satisfies LabelHead);

/** Units of the last layer, which is as many numbers as a prediction has. */
export function outputCount(label: LabelHead): number {
  return label.kind === 'classes' ? label.size : 1;
}

/** @throws {TrainingError} `BAD_MODEL`, naming the value */
export function checkLabelHead(label: LabelHead): void {
  switch (label.kind) {
    case 'linear':
    case 'log':
      requireModel(isPositive(label.deviation) && Number.isFinite(label.mean), () => 'label scaling must be finite');
      return;
    case 'softplus':
      requireModel(isPositive(label.deviation), () => `label.deviation must be > 0, got ${label.deviation}`);
      return;
    case 'binary':
      return;
    case 'classes':
      requireModel(isCount(label.size) && label.size > 1, () => `label.size must be 2 or more, got ${label.size}`);
      return;
  }
}

/**
 * Cross-entropy is the loss of classes, and of nothing else.
 * @throws {TrainingError} `BAD_TRAINING`
 */
export function checkLoss(label: LabelHead, loss: Loss): void {
  const classes = label.kind === 'binary' || label.kind === 'classes';
  if (!classes) residualLoss(loss);
  else if (loss.kind !== 'crossEntropy') {
    throw new TrainingError(
      'BAD_TRAINING',
      `a label of kind ${label.kind} is trained by crossEntropy, got ${loss.kind}`,
    );
  }
}

/**
 * The loss of a label that is a number.
 * @throws {TrainingError} `BAD_TRAINING` for one of classes
 */
export function residualLoss(loss: Loss): ResidualLoss {
  if (loss.kind !== 'crossEntropy') return loss;
  throw new TrainingError('BAD_TRAINING', 'crossEntropy trains labels of kind binary or classes only');
}

/** @throws {TrainingError} `BAD_DATA` when a label is none that the head can learn */
export function checkLabels(label: LabelHead, y: Float32Array): void {
  const { accepts, expected } = acceptedLabels(label);
  if (accepts === null) return;
  const bad = y.find((value) => !accepts(value));
  if (bad === undefined) return;
  throw new TrainingError('BAD_DATA', `a label of kind ${label.kind} is ${expected}, got ${bad}`);
}

/** Null: any number, and what is not finite shows in the loss. */
function acceptedLabels(label: LabelHead): {
  readonly accepts: ((value: number) => boolean) | null;
  readonly expected: string;
} {
  switch (label.kind) {
    case 'linear':
    case 'softplus':
      return { accepts: null, expected: 'a number' };
    case 'log':
      return { accepts: (value) => value > 0, expected: 'greater than 0 (drop other rows by a rule of the recipe)' };
    case 'binary':
      return { accepts: (value) => value === 0 || value === 1, expected: '0 or 1' };
    case 'classes':
      return {
        accepts: (value) => Number.isInteger(value) && value >= 0 && value < label.size,
        expected: `0..${label.size - 1}`,
      };
  }
}
