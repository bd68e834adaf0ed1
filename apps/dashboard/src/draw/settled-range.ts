/** From this many points on a curve has a beginning to leave out. */
const LONG = 10;

/**
 * What a learning curve spans after its first fifth: how badly it began says little, and would flatten all the rest.
 * Non-finite values do not count.
 * @returns null when nothing is finite
 */
export function settledRange(values: readonly number[]): readonly [low: number, high: number] | null {
  const settled = values.slice(values.length < LONG ? 0 : Math.floor(values.length / 5)).filter(Number.isFinite);
  return settled.length === 0 ? null : [Math.min(...settled), Math.max(...settled)];
}
