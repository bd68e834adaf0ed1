import type { LabelHead } from './label-head.js';

/** How well predicted probabilities fit the labels. */
export interface ClassMetrics {
  readonly rows: number;
  /** Mean of -ln of the probability given to the label's class, in nats. */
  readonly logLoss: number;
  /** Standard error of `logLoss`: the sample deviation over sqrt(rows). */
  readonly logLossStandardError: number;
  /** Share of rows whose label is the likeliest class; of two equally likely ones the first. */
  readonly accuracy: number;
  /**
   * Binary labels only: the share of pairs of a 1 and a 0 in which the 1 has the higher probability, ties counting half
   * (Mann-Whitney). Null when a class is missing.
   */
  readonly auc: number | null;
}

/** A probability counts as at least this, and at most 1 less this: one sure error is not infinite (Keras' epsilon). */
const SMALLEST_PROBABILITY = 1e-7;

/**
 * Compares probabilities with labels, row by row, summing in float64.
 * @param predictions binary: one probability a row; classes: size a row
 */
export function scoreClasses(
  label: Extract<LabelHead, { kind: 'binary' | 'classes' }>,
  predictions: Float32Array,
  labels: Float32Array,
): ClassMetrics {
  const rows = labels.length;
  let sum = 0;
  let squared = 0;
  let right = 0;
  for (let row = 0; row < rows; row++) {
    const { probability, likeliest } = judge(label, predictions, row, labels[row]!);
    const loss = -Math.log(Math.min(Math.max(probability, SMALLEST_PROBABILITY), 1 - SMALLEST_PROBABILITY));
    sum += loss;
    squared += loss * loss;
    if (likeliest === labels[row]) right += 1;
  }
  const logLoss = sum / rows;
  const variance = rows > 1 ? Math.max(0, squared - rows * logLoss * logLoss) / (rows - 1) : 0;
  return {
    rows,
    logLoss,
    logLossStandardError: Math.sqrt(variance / rows),
    accuracy: right / rows,
    auc: label.kind === 'binary' ? areaUnderCurve(predictions, labels) : null,
  };
}

/** The probability of the row's own class, and its likeliest class. */
function judge(label: Extract<LabelHead, { kind: 'binary' | 'classes' }>, p: Float32Array, row: number, own: number) {
  if (label.kind === 'binary') {
    const one = p[row]!;
    return { probability: own === 1 ? one : 1 - one, likeliest: one > 0.5 ? 1 : 0 };
  }
  const start = row * label.size;
  let likeliest = 0;
  for (let k = 1; k < label.size; k++) if (p[start + k]! > p[start + likeliest]!) likeliest = k;
  return { probability: p[start + own]!, likeliest };
}

/** From ranks: (R - n1 (n1 + 1) / 2) / (n0 n1), R the sum of the ranks of the ones, ties at their mean rank. */
function areaUnderCurve(scores: Float32Array, labels: Float32Array): number | null {
  const order = Uint32Array.from(scores.keys()).sort((a, b) => scores[a]! - scores[b]!);
  let ones = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    const tied = scores[order[start]!];
    let end = start;
    let tiedOnes = 0;
    do {
      if (labels[order[end]!] === 1) tiedOnes += 1;
      end += 1;
    } while (end < order.length && scores[order[end]!] === tied);
    ones += tiedOnes;
    rankSum += (tiedOnes * (start + 1 + end)) / 2;
    start = end;
  }
  const zeros = order.length - ones;
  return ones === 0 || zeros === 0 ? null : (rankSum - (ones * (ones + 1)) / 2) / (ones * zeros);
}
