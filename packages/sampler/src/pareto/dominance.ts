/** One loss per objective: less is better, NaN is as bad as Infinity. */
export type Losses = readonly number[];

/** No worse in any objective and better in one. */
export function dominates(a: Losses, b: Losses): boolean {
  let better = false;
  for (let j = 0; j < a.length; j++) {
    const [left, right] = [orWorst(a[j]!), orWorst(b[j]!)];
    if (left > right) return false;
    if (left < right) better = true;
  }
  return better;
}

/** NaN turned to Infinity, so that losses have an order. */
export function orWorst(loss: number): number {
  return Number.isNaN(loss) ? Infinity : loss;
}
