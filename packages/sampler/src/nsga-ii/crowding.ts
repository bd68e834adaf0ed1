import type { Losses } from '../pareto/dominance.js';

/**
 * How alone each point is on its front: the sum over the objectives of the gap between its two neighbours, as a share of
 * the front's span. Infinity at the ends.
 * @see Deb, Pratap, Agarwal, Meyarivan 2002, "A fast and elitist multiobjective genetic algorithm: NSGA-II", section III B
 */
export function crowdingDistances(front: readonly Losses[]): readonly number[] {
  const distances = front.map(() => 0);
  for (let j = 0; j < (front[0]?.length ?? 0); j++) {
    const loss = (i: number): number => front[i]![j]!;
    const order = [...front.keys()].sort((a, b) => (loss(a) < loss(b) ? -1 : loss(a) > loss(b) ? 1 : a - b));
    const span = loss(order.at(-1)!) - loss(order[0]!);
    order.forEach((i, place) => {
      const isEnd = place === 0 || place === order.length - 1;
      const gap = isEnd ? Infinity : (loss(order[place + 1]!) - loss(order[place - 1]!)) / span;
      distances[i]! += Number.isNaN(gap) ? 0 : gap;
    });
  }
  return distances;
}
