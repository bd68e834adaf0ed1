import { negativeLogPosterior } from './evidence.js';
import type { Design } from './features.js';
import { type Hyperparameters, noiseAt, sizeOf } from './hyperparameters.js';
import { type Box, type Minimum, minimize } from './lbfgs.js';
import type { Trend } from './trend.js';

/** Where the search for hyperparameters starts and stays; the least noise is what double precision needs. */
const SCALE = { start: 0.5, low: 0.03, high: 100 };
const NOISE = { start: 1e-3, low: 1e-8, high: 1 };
const BEND = { start: Math.E, low: 1e-3, high: 1e3 };

/** A hundredth of a nat is far below what the hyperparameters are known to. */
const LIMITS = { iterations: 40, gradientTolerance: 1e-2, valueTolerance: 1e-2 };

/** With fewer outputs each one may change the picture, and a fit costs little: it starts afresh. */
const ALWAYS_AFRESH = 20;
/** Every so many rounds a fit that continues an earlier one is compared with one that starts afresh. */
const COMPARE_EVERY = 8;
/** A fit's cost grows with the cube of the outputs; from here on every second round fits, then every third, ... */
const FIT_EVERY_ROUND = 100;

/** What is fitted to. */
export interface Outputs {
  readonly design: Design;
  readonly trend: Trend;
  /** One per point of the design: losses above the least one where they are to be bent. */
  readonly gaps: Float64Array;
  /** Whether their bend is one of the hyperparameters. */
  readonly bends: boolean;
}

/**
 * The most probable hyperparameters, from the ones that an earlier suggestion found where that does; when, is a matter of
 * the round and the number of outputs alone, so that a resumed study fits alike.
 * @param round counts the fits of this kind
 * @param known an earlier suggestion's; ignored when they belong to other features
 */
export function fitHyperparameters(
  outputs: Outputs,
  known: Hyperparameters | undefined,
  round: number,
): Hyperparameters {
  const { n, features } = outputs.design;
  const afresh = filled(features.count, outputs.bends, SCALE.start * features.count ** 0.25, NOISE.start, BEND.start);
  if (known?.length !== afresh.length || n < ALWAYS_AFRESH) return fitFrom(outputs, afresh).x;
  if (round % Math.ceil(n / FIT_EVERY_ROUND) !== 0) return known;
  const continued = fitFrom(outputs, known);
  if (round % COMPARE_EVERY !== 0) return continued.x;
  const other = fitFrom(outputs, afresh);
  return other.value < continued.value ? other.x : continued.x;
}

function fitFrom({ design, trend, gaps, bends }: Outputs, start: Hyperparameters): Minimum {
  const { count } = design.features;
  const box: Box = {
    low: filled(count, bends, SCALE.low, NOISE.low, BEND.low),
    high: filled(count, bends, SCALE.high, NOISE.high, BEND.high),
  };
  return minimize(negativeLogPosterior(design, trend, gaps), start, box, LIMITS);
}

function filled(count: number, bends: boolean, scale: number, noise: number, bend: number): Hyperparameters {
  const theta = new Float64Array(sizeOf(count, bends)).fill(Math.log(scale), 0, count);
  theta[noiseAt(count)] = Math.log(noise);
  if (bends) theta[count + 1] = Math.log(bend);
  return theta;
}
