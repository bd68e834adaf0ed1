import type { StudyRecord } from './study-store.js';

/**
 * Which objective a study's reports are of: the only one, or its `pruneMetric`. Null for several objectives without a
 * `pruneMetric`: nobody has said, so nothing is pruned.
 */
export function reportedObjective({
  directions,
  metrics,
  definition,
}: Pick<StudyRecord, 'directions' | 'metrics' | 'definition'>): number | null {
  if (directions.length === 1) return 0;
  const pruneMetric = definition?.pruneMetric ?? null;
  return pruneMetric === null ? null : metrics.indexOf(pruneMetric);
}
