/** Trials `from` to `from + limit - 1`; without a limit all from there on. */
export interface TrialRange {
  readonly from: number;
  readonly limit?: number;
}

/** Reading this many settled trials again costs less than another query. */
const WORTH_A_QUERY = 64;

/**
 * What to read to be up to date: the trials that may still change, and all new ones. A trial that runs for days, or that nobody
 * ends, does not cost a read of everything after it.
 * @param unsettled numbers of trials that may still change, in any order
 * @param known how many trials are known
 */
export function unsettledRanges(unsettled: Iterable<number>, known: number): readonly TrialRange[] {
  const ranges: { from: number; to: number }[] = [];
  for (const number of [...unsettled].sort((a, b) => a - b)) {
    const last = ranges.at(-1);
    if (last !== undefined && number - last.to <= WORTH_A_QUERY) last.to = number;
    else ranges.push({ from: number, to: number });
  }
  const last = ranges.at(-1);
  const newest = last !== undefined && known - last.to <= WORTH_A_QUERY ? ranges.pop()!.from : known;
  return [...ranges.map(({ from, to }) => ({ from, limit: to - from + 1 })), { from: newest }];
}
