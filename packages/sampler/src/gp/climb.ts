import { type Axis, cellCoordinate, cellIndex } from '../axis.js';
import type { Acquisition } from './acquisition.js';
import type { Features } from './features.js';
import { activePoint, type LatentPoint, snap } from './latent-point.js';
import { minimize } from './lbfgs.js';

/** A point and the acquisition there. */
export interface ScoredPoint {
  readonly latent: LatentPoint;
  readonly value: number;
}

/** What is climbed, and in which steps. */
export interface Hill {
  readonly axes: readonly Axis[];
  readonly features: Features;
  readonly acquisition: Acquisition;
  /** A length-scale per feature: steps are taken in these units, which makes the hill about as steep in all directions. */
  readonly scales: Float64Array;
  /** Memory for the features of a point. */
  readonly row: Float64Array;
}

/** Up to so many values an ordered axis is tried value by value; above, the gradient finds the neighbourhood first. */
const FEW_CELLS = 16;

/** Gradient ascent and moves along the discrete axes take turns until neither gains, but not more often than this. */
const ROUNDS = 3;

/** L-BFGS ends where a step gains less than a thousandth of a nat: less than the model is worth. */
const LIMITS = { iterations: 30, gradientTolerance: 1e-3, valueTolerance: 1e-3 };

export function scoreOf({ axes, features, acquisition, row }: Hill, latent: LatentPoint): number {
  features.write(activePoint(axes, latent), row);
  return acquisition.value(row);
}

/** The local maximum above a point. */
export function climb(hill: Hill, start: ScoredPoint): ScoredPoint {
  let best = start;
  for (let round = 0; round < ROUNDS; round++) {
    const risen = climbGradient(hill, best);
    if (round > 0 && risen === best) break;
    best = climbCells(hill, risen);
    if (best === risen) break;
  }
  return best;
}

function climbGradient(hill: Hill, start: ScoredPoint): ScoredPoint {
  const { axes, features, acquisition, scales } = hill;
  const point = activePoint(axes, start.latent);
  const moving = features.axisOf.map((_, f) => f).filter((f) => isSmooth(hill, point, f));
  if (moving.length === 0) return start;
  const f = new Float64Array(features.count);
  features.write(point, f);
  const slope = new Float64Array(features.count);
  const { x } = minimize(
    (steps, gradient) => {
      for (let i = 0; i < moving.length; i++) f[moving[i]!] = steps[i]! * scales[moving[i]!]!;
      const value = acquisition.valueAndSlope(f, slope);
      for (let i = 0; i < moving.length; i++) gradient[i] = -slope[moving[i]!]! * scales[moving[i]!]!;
      return -value;
    },
    Float64Array.from(moving, (feature) => f[feature]! / scales[feature]!),
    { low: new Float64Array(moving.length), high: Float64Array.from(moving, (feature) => 1 / scales[feature]!) },
    LIMITS,
  );
  const latent = start.latent.slice();
  moving.forEach((feature, i) => {
    const d = features.axisOf[feature]!;
    const { low, high } = axes[d]!;
    latent[d] = snap(axes[d]!, low + x[i]! * scales[feature]! * (high - low));
  });
  return better(start, { latent, value: scoreOf(hill, latent) });
}

/** Whether a feature moves along the gradient: active, and continuous or with many ordered values. */
function isSmooth({ axes, features }: Hill, point: Float64Array, feature: number): boolean {
  const d = features.axisOf[feature]!;
  const axis = axes[d]!;
  return !axis.unordered && axis.cells > FEW_CELLS && !Number.isNaN(point[d]!);
}

/** One axis after the other, to the best of its neighbouring values. */
function climbCells(hill: Hill, start: ScoredPoint): ScoredPoint {
  let best = start;
  hill.axes.forEach((axis, d) => {
    if (axis.cells === Infinity || Number.isNaN(activePoint(hill.axes, best.latent)[d]!)) return;
    for (const cell of neighbours(axis, cellIndex(axis, best.latent[d]!))) {
      const latent = best.latent.slice();
      latent[d] = cellCoordinate(axis, cell);
      best = better(best, { latent, value: scoreOf(hill, latent) });
    }
  });
  return best;
}

/** All other values where they are few or have no order, else those 1, 2, 4, 8, ... places away. */
function neighbours({ cells, unordered }: Axis, cell: number): readonly number[] {
  if (unordered || cells <= FEW_CELLS) return [...Array(cells).keys()].filter((other) => other !== cell);
  const found: number[] = [];
  for (let step = 1; step < cells; step *= 2) {
    if (cell - step >= 0) found.push(cell - step);
    if (cell + step < cells) found.push(cell + step);
  }
  return found;
}

function better(a: ScoredPoint, b: ScoredPoint): ScoredPoint {
  return b.value > a.value ? b : a;
}
