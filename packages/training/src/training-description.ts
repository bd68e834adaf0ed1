import { TrainingError } from './training-error.js';

/**
 * The mean over a batch's rows, r = output - target (see `LabelHead`). mse: r². mae: |r| (derivative 0 at 0). huber: r²/2
 * where |r| <= delta, else delta (|r| - delta/2). crossEntropy, for labels of kind binary and classes only: -ln of the
 * probability of the row's own class.
 */
export type Loss = ResidualLoss | { readonly kind: 'crossEntropy' };

/** Losses of numbers. */
export type ResidualLoss =
  | { readonly kind: 'mse' }
  | { readonly kind: 'mae' }
  | { readonly kind: 'huber'; readonly delta: number };

/**
 * Keras 3's update rules. g: gradient of loss plus penalties, after clipping; lr: the schedule's rate at the step;
 * t: the step counted from 1; every slot starts at 0.
 * - sgd: w -= lr g. With momentum > 0: m = momentum m - lr g, then w += m, or with nesterov w += momentum m - lr g.
 * - adam: m += (1 - beta1)(g - m); v += (1 - beta2)(g² - v); w -= lr sqrt(1 - beta2^t) / (1 - beta1^t) m / (sqrt(v) + epsilon).
 * - adamw: first w -= lr weightDecay w for dense kernels (not for biases, gamma, beta), then adam.
 * - rmsprop: v = rho v + (1 - rho) g²; w -= lr g / sqrt(v + epsilon).
 */
export type Optimizer =
  | { readonly kind: 'sgd'; readonly momentum: number; readonly nesterov: boolean }
  | { readonly kind: 'adam'; readonly beta1: number; readonly beta2: number; readonly epsilon: number }
  | {
      readonly kind: 'adamw';
      readonly beta1: number;
      readonly beta2: number;
      readonly epsilon: number;
      readonly weightDecay: number;
    }
  | { readonly kind: 'rmsprop'; readonly rho: number; readonly epsilon: number };

export type OptimizerKind = Optimizer['kind'];

/**
 * The learning rate by step s, counted from 0 over the whole training, or from the global step `from` for a training that goes
 * on where another ended. With a warm-up, a step s below it has the rate rate (s + 1) / warmup (Goyal et al. 2017, without
 * their step of rate 0), and the rules below count from its end.
 * - constant: rate.
 * - cosine: rate (floor + (1 - floor)(1 + cos(π min(s, steps) / steps)) / 2); floor is a fraction of rate (Loshchilov and Hutter 2017).
 * - step: rate factor^⌊s / every⌋.
 */
export type Schedule = { readonly rate: number; readonly warmup?: number; readonly from?: number } & (
  | { readonly kind: 'constant' }
  | { readonly kind: 'cosine'; readonly steps: number; readonly floor: number }
  | { readonly kind: 'step'; readonly every: number; readonly factor: number }
);

/** Everything about training that is not the network or the data. */
export interface TrainingDescription {
  readonly loss: Loss;
  readonly optimizer: Optimizer;
  readonly schedule: Schedule;
  /** All gradients together (penalties included) are scaled down to this Euclidean norm when theirs is larger; null: never. */
  readonly clipNorm: number | null;
  readonly batchSize: number;
}

/** Keras 3 defaults; AdamW's decay too. */
export const OPTIMIZER_DEFAULTS = Object.freeze({
  sgd: { kind: 'sgd', momentum: 0, nesterov: false },
  adam: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-7 },
  adamw: { kind: 'adamw', beta1: 0.9, beta2: 0.999, epsilon: 1e-7, weightDecay: 0.004 },
  rmsprop: { kind: 'rmsprop', rho: 0.9, epsilon: 1e-7 },
} satisfies Record<OptimizerKind, Optimizer>);

/** How many slot arrays, each as long as the weights, the optimizer keeps: adam and adamw (m, v), rmsprop (v), sgd (m, or none). */
export function slotCount(optimizer: Optimizer): number {
  switch (optimizer.kind) {
    case 'sgd':
      return optimizer.momentum > 0 ? 1 : 0;
    case 'adam':
    case 'adamw':
      return 2;
    case 'rmsprop':
      return 1;
  }
}

/** The schedule's rate at global step `step` (from 0). */
export function learningRate(schedule: Schedule, step: number): number {
  const { rate, warmup = 0, from = 0 } = schedule;
  const since = Math.max(0, step - from);
  return since < warmup ? (rate * (since + 1)) / warmup : scheduledRate(schedule, since - warmup);
}

function scheduledRate(schedule: Schedule, step: number): number {
  switch (schedule.kind) {
    case 'constant':
      return schedule.rate;
    case 'cosine': {
      const done = Math.min(step, schedule.steps) / schedule.steps;
      return schedule.rate * (schedule.floor + ((1 - schedule.floor) * (1 + Math.cos(Math.PI * done))) / 2);
    }
    case 'step':
      return schedule.rate * schedule.factor ** Math.floor(step / schedule.every);
  }
}

/**
 * What multiplies the optimizer's direction at global step `step` (from 0): the learning rate, for adam and adamw times
 * the bias correction sqrt(1 - beta2^t) / (1 - beta1^t) with t = step + 1. Both engines take it from here, in float64.
 */
export function stepSize({ optimizer, schedule }: TrainingDescription, step: number): number {
  const rate = learningRate(schedule, step);
  if (optimizer.kind !== 'adam' && optimizer.kind !== 'adamw') return rate;
  const t = step + 1;
  return (rate * Math.sqrt(1 - optimizer.beta2 ** t)) / (1 - optimizer.beta1 ** t);
}

/**
 * Refuses values out of range.
 * @throws {TrainingError} `BAD_TRAINING`, naming the value
 */
export function checkTraining(training: TrainingDescription): void {
  const { loss, optimizer, schedule, clipNorm, batchSize } = training;
  check(Number.isInteger(batchSize) && batchSize > 0, 'batchSize must be a positive integer', batchSize);
  check(clipNorm === null || clipNorm > 0, 'clipNorm must be > 0 or null', clipNorm);
  check(loss.kind !== 'huber' || loss.delta > 0, 'huber delta must be > 0', loss);
  check(schedule.rate > 0 && Number.isFinite(schedule.rate), 'the learning rate must be > 0', schedule);
  for (const steps of [schedule.warmup ?? 0, schedule.from ?? 0]) {
    check(Number.isInteger(steps) && steps >= 0, 'warmup and from must be numbers of steps, 0 or more', steps);
  }
  checkSchedule(schedule);
  checkOptimizer(optimizer);
}

function checkSchedule(schedule: Schedule): void {
  switch (schedule.kind) {
    case 'constant':
      return;
    case 'cosine':
      check(
        schedule.steps > 0 && schedule.floor >= 0 && schedule.floor <= 1,
        'cosine: steps > 0, floor in 0..1',
        schedule,
      );
      return;
    case 'step':
      check(schedule.every > 0 && schedule.factor > 0, 'step schedule: every > 0 and factor > 0', schedule);
      return;
  }
}

function checkOptimizer(optimizer: Optimizer): void {
  switch (optimizer.kind) {
    case 'sgd':
      check(isFraction(optimizer.momentum), 'momentum must be in [0, 1)', optimizer.momentum);
      check(!optimizer.nesterov || optimizer.momentum > 0, 'nesterov needs momentum > 0', optimizer);
      return;
    case 'adam':
    case 'adamw':
      check(isFraction(optimizer.beta1) && isFraction(optimizer.beta2), 'betas must be in [0, 1)', optimizer);
      check(optimizer.epsilon > 0, 'epsilon must be > 0', optimizer.epsilon);
      check(optimizer.kind === 'adam' || optimizer.weightDecay >= 0, 'weightDecay must be >= 0', optimizer);
      return;
    case 'rmsprop':
      check(isFraction(optimizer.rho) && optimizer.epsilon > 0, 'rmsprop: rho in [0, 1), epsilon > 0', optimizer);
      return;
  }
}

function check(ok: boolean, expected: string, got: unknown): void {
  if (!ok) throw new TrainingError('BAD_TRAINING', `${expected}, got ${JSON.stringify(got)}`);
}

const isFraction = (x: number): boolean => x >= 0 && x < 1;
