import type { Direction } from '@assay/sampler';
import { isCandidate, lossesOf } from './best-trials.js';
import { StoreError } from './store-error.js';
import type { TrialCounts, TrialRanking } from './trial-query.js';
import { NO_TRIALS } from './trial-query.js';
import type { TrialRecord } from './trial-record.js';

/** What `StudyStore.rankTrials` answers, from a study's trials ascending by number. */
export function rankTrials(
  trials: readonly TrialRecord[],
  directions: readonly Direction[],
  { objective = 0, offset = 0, limit }: TrialRanking,
): readonly TrialRecord[] {
  requireObjective(objective, directions);
  const loss = ({ values }: TrialRecord): number => lossesOf(values, directions)[objective]!;
  const ranked = trials.filter(isCandidate).sort((a, b) => compare(loss(a), loss(b)) || a.number - b.number);
  return ranked.slice(offset, offset + limit).map((trial) => ({ ...trial, reports: [] }));
}

/** @throws {StoreError} `INVALID_VALUE` */
export function requireObjective(objective: number, directions: readonly Direction[]): void {
  if (Object.hasOwn(directions, objective)) return;
  const known = `0 to ${directions.length - 1}`;
  throw new StoreError('INVALID_VALUE', `the study's objectives are ${known}, got ${objective}`);
}

/** What `StudyStore.countTrials` answers. */
export function countTrials(trials: readonly Pick<TrialRecord, 'state'>[]): TrialCounts {
  const counts = { ...NO_TRIALS };
  for (const { state } of trials) counts[state] += 1;
  return counts;
}

/** Infinity less infinity is not a number. */
function compare(a: number, b: number): number {
  return a < b ? -1 : Number(a > b);
}
