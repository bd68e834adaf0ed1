import type { Rng } from '../rng.js';
import { nearbyPoints, spreadPoints } from './candidates.js';
import { climb, type Hill, type ScoredPoint, scoreOf } from './climb.js';
import type { LatentPoint } from './latent-point.js';

/**
 * How much is looked at: points all over the space, points around the best trials, and from how many of them a climb
 * starts. Four times as much found nothing better within 60 trials, half as much was worse in 20 dimensions (GP.md).
 */
const EFFORT = { spread: 256, nearby: 128, climbs: 4 };

/**
 * Where the acquisition is greatest: the best points of a screening all over the space and around the best trials, and
 * the local maxima above the foremost of them.
 * @param best the best trials' points, the best first
 * @returns all points that were looked at, the best first
 */
export function maximizeAcquisition(hill: Hill, best: readonly LatentPoint[], rng: Rng): readonly ScoredPoint[] {
  const [spread, nearby] = [rng.fork(0), rng.fork(1)];
  const points = [
    ...spreadPoints(hill.axes, EFFORT.spread, spread),
    ...best,
    ...best.flatMap((centre) => nearbyPoints(hill.axes, centre, Math.ceil(EFFORT.nearby / best.length), nearby)),
  ];
  const screened = points.map((latent) => ({ latent, value: scoreOf(hill, latent) })).sort(byValue);
  const starts = new Set(screened.slice(0, EFFORT.climbs));
  for (const point of screened) if (point.latent === best[0]) starts.add(point);
  const [top, ...others] = [...starts].map((start) => climb(hill, start)).sort(byValue);
  const nudged = nudge(hill, top!, rng.fork(2));
  return [nudged, ...[top!, ...others, ...screened].sort(byValue)];
}

/** What the acquisition may lose by a nudge, in nats: 1 percent of the expected improvement. */
const INDIFFERENT = 0.01;
const NUDGES = [1e-2, 1e-3, 1e-4, 1e-5, 1e-6];

/**
 * Moves a point as far as it does not matter, by a hundredth of the range at most. Workers that ask at the same moment
 * know the same trials, and would all get the same corner of the space.
 */
function nudge(hill: Hill, top: ScoredPoint, rng: Rng): ScoredPoint {
  for (const size of NUDGES) {
    const latent = top.latent.map((coordinate, d) => {
      const { low, high, cells } = hill.axes[d]!;
      if (cells !== Infinity) return coordinate;
      const moved = coordinate + (2 * rng.next() - 1) * size * (high - low);
      return moved < low ? 2 * low - moved : moved > high ? 2 * high - moved : moved;
    });
    const value = scoreOf(hill, latent);
    if (value >= top.value - INDIFFERENT) return { latent, value };
  }
  return top;
}

function byValue(a: ScoredPoint, b: ScoredPoint): number {
  return b.value - a.value;
}
