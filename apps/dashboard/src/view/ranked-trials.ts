import { isFeasible, type TrialRecord } from '@assay/study';
import { betterFirst, type Objective } from '../data/objectives.js';

/** What parallel coordinates compare, the best first. */
export interface RankedTrials {
  /** The front, evenly thinned where it is large; with one objective the best ones. */
  readonly bright: readonly TrialRecord[];
  /** The next best. */
  readonly faint: readonly TrialRecord[];
}

/** More lines than these cover each other. */
const BRIGHT = 10;
const FAINT = 20;

/** @param front empty with one objective @param by what trials are ranked by, beyond the front */
export function rankedTrials(
  ended: readonly TrialRecord[],
  front: readonly TrialRecord[],
  by: Objective,
): RankedTrials {
  const isOnFront = new Set(front);
  const others = ended
    .filter((trial) => trial.state === 'complete' && isFeasible(trial) && !isOnFront.has(trial))
    .sort(betterFirst(by));
  if (front.length > 0) return { bright: thinned(front), faint: others.slice(0, FAINT) };
  return { bright: others.slice(0, BRIGHT), faint: others.slice(BRIGHT, BRIGHT + FAINT) };
}

/** Its ends and as many between them, evenly spaced. */
function thinned(front: readonly TrialRecord[]): readonly TrialRecord[] {
  if (front.length <= BRIGHT) return front;
  return Array.from({ length: BRIGHT }, (_, i) => front[Math.round((i * (front.length - 1)) / (BRIGHT - 1))]!);
}
