import { type Direction, Staircase } from '@assay/sampler';
import { isCandidate, lossesOf, lossOf, type Outcome } from './analysed-trial.js';
import { sampledVolumes } from './sampled-volumes.js';

/** One complete, feasible trial on the curve of the volume dominated so far. */
export interface HypervolumePoint {
  readonly number: number;
  /** What this trial and those before it dominate together, in the product of the objectives' units; it never falls. */
  readonly hypervolume: number;
}

export interface HypervolumeCurve {
  /** The corner that volumes are measured from, one value per objective; null while there is no point. */
  readonly reference: readonly number[] | null;
  readonly points: readonly HypervolumePoint[];
}

type Losses = readonly number[];

/** How far the reference lies beyond the worst value, as a share of the objective's range: the extreme trials count too. */
const MARGIN = 0.1;

/**
 * The progress of a study with several objectives: how much of the space of values its trials dominate, one point per
 * complete and feasible trial with finite values. Exact with two objectives (and with one: the best value's distance from
 * the reference), within about a percent with more, where exact volumes would take too long to be drawn live.
 *
 * Unless it is given, the reference lies a tenth of the range beyond the worst value that a trial had in each objective when
 * it joined the front. So later outliers do not flatten the curve, and a trial that never was on the front changes nothing.
 * @param trials ascending by number
 * @param reference a value per objective; what is not better in every one of them adds nothing
 */
export function hypervolumeSoFar(
  trials: readonly Outcome[],
  directions: readonly Direction[],
  reference?: readonly number[],
): HypervolumeCurve {
  const candidates = trials.filter(isCandidate).filter(({ values }) => values.every(Number.isFinite));
  const losses = candidates.map((trial) => lossesOf(trial, directions));
  if (losses.length === 0) return { reference: reference ?? null, points: [] };
  const joining = thoseThatJoin(losses);
  const corner = reference === undefined ? cornerBeyond(joining) : directions.map((d, j) => lossOf(reference[j]!, d));
  const volumes = volumesSoFar(joining, corner);
  let [joined, volume] = [0, 0];
  const points = candidates.map(({ number }, i): HypervolumePoint => {
    if (losses[i] === joining[joined]) volume = volumes[joined++]!;
    return { number, hypervolume: volume };
  });
  return { reference: directions.map((direction, j) => lossOf(corner[j]!, direction)), points };
}

/** Those that nobody before them is at least as good as in every objective. */
function thoseThatJoin(losses: readonly Losses[]): readonly Losses[] {
  let front: Losses[] = [];
  return losses.filter((newcomer) => {
    if (front.some((other) => isNowhereWorse(other, newcomer))) return false;
    front = front.filter((other) => !isNowhereWorse(newcomer, other));
    front.push(newcomer);
    return true;
  });
}

function isNowhereWorse(a: Losses, b: Losses): boolean {
  for (let j = 0; j < a.length; j++) if (a[j]! > b[j]!) return false;
  return true;
}

function cornerBeyond(losses: readonly Losses[]): Losses {
  const worst = losses.reduce((a, b) => a.map((loss, j) => Math.max(loss, b[j]!)));
  const best = losses.reduce((a, b) => a.map((loss, j) => Math.min(loss, b[j]!)));
  return worst.map((loss, j) => loss + MARGIN * (loss - best[j]! || Math.abs(loss) || 1));
}

function volumesSoFar(joining: readonly Losses[], corner: Losses): Float64Array {
  return corner.length <= 2 ? areasSoFar(joining, corner) : sampledVolumes(joining, corner);
}

function areasSoFar(joining: readonly Losses[], [cornerX, cornerY = 1]: Losses): Float64Array {
  const border = new Staircase();
  let area = 0;
  return Float64Array.from(joining, ([x, y = 0]) => {
    if (x! < cornerX! && y < cornerY) {
      area += border.uncoveredArea(x!, y, cornerX!, cornerY);
      border.add(x!, y);
    }
    return area;
  });
}
