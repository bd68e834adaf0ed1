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
  const stride = Math.floor(model.bad.count / SCREEN);
  return best(model, stride < 2 ? points : best(model, points, stride).slice(0, FINALISTS), 1)[0] ?? null;
}

/** The points by descending ratio of good to bad; the earlier of equal ones first. */
function best({ good, bad }: TpeModel, points: readonly Float64Array[], stride: number): readonly Float64Array[] {
  const gains = good.logDensities(points);
  const losses = bad.logDensities(points, stride);
  const scores = gains.map((gain, i) => gain - losses[i]!);
  return [...points.keys()].sort((a, b) => scores[b]! - scores[a]! || a - b).map((i) => points[i]!);
}
