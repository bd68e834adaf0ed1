type Losses = readonly number[];

/**
 * The indices of the best points, front by front; the front that does not fit is thinned to its least crowded points.
 * @param losses one vector per point, less is better
 * @param count how many to take, at most as many as there are
 * @see Deb et al. 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", section III
 */
export function bestByFront(losses: readonly Losses[], count: number): readonly number[] {
  const best: number[] = [];
  let rest = losses.map((_, index) => index);
  while (best.length < count) {
    const front = rest.filter((i) => !rest.some((j) => dominates(losses[j]!, losses[i]!)));
    best.push(...(front.length <= count - best.length ? front : leastCrowded(losses, front, count - best.length)));
    const taken = new Set(front);
    rest = rest.filter((i) => !taken.has(i));
  }
  return best;
}

/** No worse anywhere and better somewhere. */
function dominates(a: Losses, b: Losses): boolean {
  return a.every((loss, j) => loss <= b[j]!) && a.some((loss, j) => loss < b[j]!);
}

function leastCrowded(losses: readonly Losses[], front: readonly number[], count: number): readonly number[] {
  const distances = crowdingDistances(front.map((index) => losses[index]!));
  return front
    .map((index, i) => ({ index, distance: distances[i]! }))
    .sort((a, b) => (a.distance === b.distance ? a.index - b.index : b.distance - a.distance))
    .slice(0, count)
    .map(({ index }) => index);
}

/** For each point the sum over objectives of the gap between its two neighbours, as a share of the front's span; Infinity at the ends. */
function crowdingDistances(front: readonly Losses[]): readonly number[] {
  const distances = front.map(() => 0);
  for (let j = 0; j < front[0]!.length; j++) {
    const loss = (i: number): number => front[i]![j]!;
    const order = front.map((_, i) => i).sort((a, b) => loss(a) - loss(b) || a - b);
    const span = loss(order.at(-1)!) - loss(order[0]!);
    order.forEach((i, place) => {
      const isEnd = place === 0 || place === order.length - 1;
      const gap = isEnd ? Infinity : (loss(order[place + 1]!) - loss(order[place - 1]!)) / span;
      distances[i]! += Number.isNaN(gap) ? 0 : gap;
    });
  }
  return distances;
}
