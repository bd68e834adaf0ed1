import { type Direction, hypervolume } from '@assay/sampler';
import { isCandidate, lossesOf, lossOf, type Outcome } from './analysed-trial.js';

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
 * complete and feasible trial with finite values. With one objective it is the distance of the best value from the reference.
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
  const numbers: number[] = [];
  const fronts: (readonly Losses[])[] = [];
  for (const trial of trials) {
    if (!isCandidate(trial)) continue;
    const losses = lossesOf(trial, directions);
    if (!losses.every(Number.isFinite)) continue;
    numbers.push(trial.number);
    fronts.push(frontWith(fronts.at(-1) ?? [], losses));
  }
  if (fronts.length === 0) return { reference: reference ?? null, points: [] };
  const corner = reference === undefined ? cornerBeyond(fronts) : directions.map((d, j) => lossOf(reference[j]!, d));
  const volumes = volumesOf(fronts, corner);
  return {
    reference: directions.map((direction, j) => lossOf(corner[j]!, direction)),
    points: numbers.map((number, i) => ({ number, hypervolume: volumes[i]! })),
  };
}

/** The same array where the newcomer is not better than the front everywhere. */
function frontWith(front: readonly Losses[], losses: Losses): readonly Losses[] {
  if (front.some((other) => isNowhereWorse(other, losses))) return front;
  return [...front.filter((other) => !isNowhereWorse(losses, other)), losses];
}

function isNowhereWorse(a: Losses, b: Losses): boolean {
  return a.every((loss, j) => loss <= b[j]!);
}

/** Whoever joins a front is its last point. */
function cornerBeyond(fronts: readonly (readonly Losses[])[]): Losses {
  const joined = new Set(fronts.map((front) => front.at(-1)!));
  const worst = [...joined].reduce((a, b) => a.map((loss, j) => Math.max(loss, b[j]!)));
  const best = [...joined].reduce((a, b) => a.map((loss, j) => Math.min(loss, b[j]!)));
  return worst.map((loss, j) => loss + MARGIN * (loss - best[j]! || Math.abs(loss) || 1));
}

function volumesOf(fronts: readonly (readonly Losses[])[], corner: Losses): readonly number[] {
  const volumes: number[] = [];
  fronts.forEach((front, i) => {
    volumes.push(i > 0 && front === fronts[i - 1] ? volumes[i - 1]! : hypervolume(front, corner));
  });
  return volumes;
}
