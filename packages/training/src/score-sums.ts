import { type ClassMetrics, scoreClasses } from './class-metrics.js';
import type { LabelHead } from './label-head.js';
import { ErrorSums, type Metrics } from './metrics.js';

/** How well predictions fit: errors where labels are numbers, probabilities where they are classes. */
export type Scores = Metrics | ClassMetrics;

/** Takes predictions with their labels part by part, as rows stream by. */
export interface ScoreSums {
  /** @param predictions one a row; for a label of kind classes `size` probabilities a row */
  add(predictions: Float32Array, labels: Float32Array): void;
  /** Adds what another one has taken. @param other for the same label */
  merge(other: ScoreSums): void;
  scores(): Scores;
}

/** Sums for one kind of label. Errors of numbers take no memory; classes are kept, for the AUC needs them all. */
export function scoreSums(label: LabelHead): ScoreSums {
  switch (label.kind) {
    case 'linear':
    case 'log':
    case 'softplus':
      return new NumberScores();
    case 'binary':
    case 'classes':
      return new ClassScores(label);
  }
}

class NumberScores implements ScoreSums {
  readonly #sums = new ErrorSums();

  add(predictions: Float32Array, labels: Float32Array): void {
    this.#sums.add(predictions, labels);
  }

  merge(other: ScoreSums): void {
    if (other instanceof NumberScores) this.#sums.merge(other.#sums);
  }

  scores(): Metrics {
    return this.#sums.metrics();
  }
}

class ClassScores implements ScoreSums {
  readonly #label: Extract<LabelHead, { kind: 'binary' | 'classes' }>;
  readonly #predictions: Float32Array[] = [];
  readonly #labels: Float32Array[] = [];

  constructor(label: Extract<LabelHead, { kind: 'binary' | 'classes' }>) {
    this.#label = label;
  }

  add(predictions: Float32Array, labels: Float32Array): void {
    this.#predictions.push(predictions);
    this.#labels.push(labels);
  }

  merge(other: ScoreSums): void {
    if (!(other instanceof ClassScores)) return;
    this.#predictions.push(...other.#predictions);
    this.#labels.push(...other.#labels);
  }

  scores(): ClassMetrics {
    return scoreClasses(this.#label, joined(this.#predictions), joined(this.#labels));
  }
}

function joined(parts: readonly Float32Array[]): Float32Array {
  const whole = new Float32Array(parts.reduce((sum, { length }) => sum + length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}
