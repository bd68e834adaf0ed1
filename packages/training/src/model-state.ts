import type { ModelDescription } from './model-description.js';
import { parameterLayout } from './parameter-layout.js';
import { type Optimizer, slotCount } from './training-description.js';
import { TrainingError } from './training-error.js';

/**
 * Everything that training changes, as plain data: what a checkpoint stores. Flat float32 arrays whose parts
 * `parameterLayout(model)` names. Arrays are never changed in place by an engine: a state handed out stays as it is.
 */
export interface ModelState {
  /** Optimizer steps taken so far. */
  readonly step: number;
  readonly weights: Float32Array;
  /** Batch norm's running means and variances. */
  readonly statistics: Float32Array;
  /** The optimizer's slots, each as long as `weights`: adam and adamw m, v; rmsprop v; sgd with momentum m. */
  readonly slots: readonly Float32Array[];
}

/** What inference needs of a state. */
export type ModelWeights = Pick<ModelState, 'weights' | 'statistics'>;

/**
 * Refuses a state whose arrays have other lengths than the model's.
 * @throws {TrainingError} `BAD_STATE`
 */
export function checkState(model: ModelDescription, optimizer: Optimizer, state: ModelState): void {
  checkWeights(model, state);
  const { weightCount } = parameterLayout(model);
  const slots = slotCount(optimizer);
  if (state.slots.length !== slots || state.slots.some((slot) => slot.length !== weightCount)) {
    const got = `[${state.slots.map((slot) => slot.length)}]`;
    throw new TrainingError(
      'BAD_STATE',
      `${optimizer.kind} keeps ${slots} slots of ${weightCount} numbers, got ${got}`,
    );
  }
}

/**
 * Refuses weights of another model.
 * @throws {TrainingError} `BAD_STATE`
 */
export function checkWeights(model: ModelDescription, { weights, statistics }: ModelWeights): void {
  const { weightCount, statisticCount } = parameterLayout(model);
  if (weights.length === weightCount && statistics.length === statisticCount) return;
  const expected = `${weightCount} weights and ${statisticCount} statistics`;
  throw new TrainingError('BAD_STATE', `the model has ${expected}, got ${weights.length} and ${statistics.length}`);
}
