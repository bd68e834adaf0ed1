import { RunningStatistics } from '../running-statistics.js';
import type { TypedTable } from '../typed-table.js';
import { evaluateNumber, type NumberExpression } from './number-expression.js';

/** Mean and population standard deviation (divided by n) over the training rows that have the number. */
export interface LearnedMoments {
  readonly kind: 'moments';
  readonly mean: number;
  readonly std: number;
}

/** Learns mean and spread of a number from the training rows as they stream by. */
export class MomentsLearner {
  readonly #expression: NumberExpression;
  readonly #statistics = new RunningStatistics();
  #seen = false;

  constructor(expression: NumberExpression) {
    this.#expression = expression;
  }

  observe(table: TypedTable, rows: Int32Array): void {
    const values = evaluateNumber(this.#expression, table);
    const present = Float64Array.from(rows, (row) => values[row]!).filter(Number.isFinite);
    this.#statistics.add(present);
    this.#seen ||= present.length > 0;
  }

  /** Without any number, the mean 0 and the deviation 0. */
  learned(): LearnedMoments {
    const { mean, std } = this.#seen ? this.#statistics.result() : { mean: 0, std: 0 };
    return { kind: 'moments', mean, std };
  }
}
