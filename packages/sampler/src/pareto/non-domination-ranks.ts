import { distinctLosses, type SharedLosses } from './distinct-losses.js';
import { dominates, type Losses } from './dominance.js';
import { firstIndex, Staircase } from './staircase.js';

/**
 * The front that each point is on: 0 when no other one dominates it, 1 when only points of front 0 do, and so on. Equal
 * points share a front. O(n log n) for up to two objectives; for three as well, but for moving array elements.
 * @param losses n vectors of one length
 * @param enough once this many points are on the fronts so far, all others are put on one last front: cheaper, and the
 * best `enough` points are told from the rest all the same
 * @see Zhang et al. 2015, "An efficient approach to nondominated sorting for evolutionary multiobjective optimization"
 */
export function nonDominationRanks(losses: readonly Losses[], enough = losses.length): readonly number[] {
  const distinct = distinctLosses(losses);
  const ranks = rankDistinct(distinct, enough);
  const result = losses.map(() => 0);
  distinct.forEach(({ indices }, i) => {
    for (const index of indices) result[index] = ranks[i]!;
  });
  return result;
}

/** The indices of the points that no other one dominates, ascending; equal points are all among them. */
export function paretoFront(losses: readonly Losses[]): readonly number[] {
  const central = centralPoint(losses);
  const left = [...losses.keys()].filter((index) => !dominates(central, losses[index]!));
  const ranks = nonDominationRanks(
    left.map((index) => losses[index]!),
    1,
  );
  return left.filter((_, i) => ranks[i] === 0);
}

/** The point with the least sum of losses: it dominates most of the others, and looking at it first saves sorting them. */
function centralPoint(losses: readonly Losses[]): Losses {
  let least = Infinity;
  let central: Losses = [];
  for (const vector of losses) {
    const sum = vector.reduce((total, loss) => total + loss, 0);
    if (sum < least) [least, central] = [sum, vector];
  }
  return central;
}

function rankDistinct(distinct: readonly SharedLosses[], enough: number): readonly number[] {
  const fronts: Front[] = [];
  let total = 0;
  const ranks = distinct.map(({ losses, indices }) => {
    // who is dominated by someone on a front is dominated by someone on every front before it
    const rank = firstIndex(fronts.length, (k) => !fronts[k]!.dominates(losses));
    if (rank === fronts.length) {
      if (total >= enough) return rank;
      fronts.push(emptyFront(losses.length));
    }
    const front = fronts[rank]!;
    front.add(losses);
    front.size += indices.length;
    total += indices.length;
    while (total - fronts.at(-1)!.size >= enough) total -= fronts.pop()!.size;
    return rank;
  });
  return ranks.map((rank) => Math.min(rank, fronts.length));
}

interface Front {
  size: number;
  /** For a point that comes behind all of the front in lexicographic order. */
  dominates(losses: Losses): boolean;
  add(losses: Losses): void;
}

/** Points come in lexicographic order, so the first objective needs no comparison. */
function emptyFront(objectives: number): Front {
  if (objectives <= 3) {
    const border = new Staircase();
    return {
      size: 0,
      dominates: ([, y = 0, z = 0]) => border.covers(y, z),
      add: ([, y = 0, z = 0]) => border.add(y, z),
    };
  }
  const points: Losses[] = [];
  return {
    size: 0,
    dominates: (losses) => points.some((point) => isNowhereWorse(point, losses)),
    add: (losses) => points.push(losses),
  };
}

function isNowhereWorse(a: Losses, b: Losses): boolean {
  for (let j = 1; j < a.length; j++) if (a[j]! > b[j]!) return false;
  return true;
}
