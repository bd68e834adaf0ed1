import type { Rng } from '../rng.js';
import type { TpeModel } from './tpe-model.js';
import type { TpeOptions } from './tpe-options.js';
import type { TriedPoints } from './tried-points.js';

/** Draws of a suggestion, per candidate wanted, before a finite space counts as used up around the good trials. */
const DRAWS_PER_CANDIDATE = 10;

/** With more kernels than twice this, candidates are first compared on about so many of them. */
const SCREEN = 256;

/** How many candidates pass that comparison. */
const FINALISTS = 4;

/** The untried draw that is likeliest to be good rather than not; null when all draws had been tried. */
export function bestCandidate(
  model: TpeModel,
  tried: TriedPoints,
  { candidates, crossover }: TpeOptions,
  rng: Rng,
): Float64Array | null {
  const points: Float64Array[] = [];
  for (let draw = 0; draw < candidates * DRAWS_PER_CANDIDATE && points.length < candidates; draw++) {
    const point = model.good.draw(rng, crossover);
    if (!tried.has(point)) points.push(point);
  }
  if (points.length === 0) return null;
  const stride = Math.floor(model.bad.count / SCREEN);
  const finalists = stride < 2 ? points : mostPromising(points, scores(model, points, stride));
  return finalists[indexOfGreatest(scores(model, finalists, 1))]!;
}

/** By point, the logarithm of the ratio of good to bad. @param stride compares with every so many bad kernels */
function scores({ good, bad }: TpeModel, points: readonly Float64Array[], stride: number): Float64Array {
  const gains = good.logDensities(points);
  const losses = bad.logDensities(points, stride);
  for (let i = 0; i < gains.length; i++) gains[i]! -= losses[i]!;
  return gains;
}

/** The finalists by descending score; the earlier of equal ones first. */
function mostPromising(points: readonly Float64Array[], scores: Float64Array): readonly Float64Array[] {
  const order = points.map((_, i) => i).sort((a, b) => scores[b]! - scores[a]! || a - b);
  return order.slice(0, FINALISTS).map((i) => points[i]!);
}

/** The first of them where several are equal. */
function indexOfGreatest(scores: Float64Array): number {
  let greatest = 0;
  for (let i = 1; i < scores.length; i++) if (scores[i]! > scores[greatest]!) greatest = i;
  return greatest;
}
