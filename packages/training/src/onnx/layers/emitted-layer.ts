import type { ParameterRole } from '../../parameter-layout.js';
import type { Value } from '../graph-builder.js';

/** The layer's own arrays as graph values. Asking for an array that the layer does not have is a defect and throws. */
export type LayerArrays = (role: ParameterRole) => Value;

/** What a training step needs to know beside the layer and its input. */
export interface StepValues {
  /** [rows of the batch], filled with 1 / rows: `averaging · x` is the mean of x by column. */
  readonly averaging: Value;
  /** [rows of the batch], filled with 1: `summing · x` is the sum of x by column. */
  readonly summing: Value;
  /** [1], 1 / rows. */
  readonly inverseRows: Value;
}

/** Gradients by role, each in the shape of its array. */
export type Gradients = Partial<Readonly<Record<ParameterRole, Value>>>;

/** A layer's forward nodes are in the graph; `backward` adds the others. */
export interface EmittedLayer {
  readonly output: Value;
  /** Batch statistics that the running ones move towards. */
  readonly statistics?: Gradients;
  /** @param outputGradient of the loss, [rows, columns out] */
  backward(outputGradient: Value): LayerGradients;
}

export interface LayerGradients {
  readonly gradients: Gradients;
  /** Emits the gradient of the input, [rows, columns in]; not called for the first layer that has weights. */
  input(): Value;
}
