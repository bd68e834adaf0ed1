import type { Json } from '@assay/space';
import type { StudyRecord } from '@assay/study';
import type { Fact } from './study-snapshot.js';

/** What a study was made with, as far as its definition says: the facts stored for people, then how it searches. */
export function storedFacts({ definition }: StudyRecord): readonly Fact[] {
  if (definition === null) return [];
  const { facts, sampler, pruner, pruneMetric, repeats, warmStart } = definition;
  const pruned = pruneMetric === null ? '' : ` by ${pruneMetric}`;
  const searched: readonly Fact[] = [
    ...nameOf(sampler).map((name) => ({ label: 'sampler', value: name })),
    ...nameOf(pruner).map((name) => ({ label: 'pruner', value: name + pruned })),
    ...(repeats.count === 1 ? [] : [{ label: 'repeats', value: `${repeats.count} (${repeats.aggregate})` }]),
    ...(warmStart === null ? [] : [{ label: 'warm start', value: `${warmStart.trials} trials of ${warmStart.study}` }]),
  ];
  const stored = Object.entries(facts).map(([label, value]) => ({ label, value: textOf(value) }));
  return [...stored, ...searched.filter(({ label }) => !Object.hasOwn(facts, label))];
}

function textOf(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Samplers and pruners are stored as an object with a name and their settings; empty for another tool's. */
function nameOf(stored: Json): readonly string[] {
  if (typeof stored !== 'object' || stored === null || !('name' in stored)) return [];
  return typeof stored.name === 'string' ? [stored.name] : [];
}
