import type { FeatureStatistics } from './feature-statistics.js';
import type { Manifest } from './manifest.js';
import type { StoredColumn } from './recipe/feature.js';

/** A stored column from which no network can learn anything, and why. */
export interface FeatureWarning {
  readonly feature: string;
  readonly text: string;
}

/** The columns that are the same in all training rows, in their order. A prepared table is fit for training with them. */
export function featureWarnings(
  manifest: Pick<Manifest, 'features' | 'featureStatistics' | 'learned'>,
): FeatureWarning[] {
  return manifest.features.flatMap((column, at) => {
    const text = whyConstant(column, manifest.featureStatistics[at]!, manifest.learned);
    return text === null ? [] : [{ feature: column.name, text }];
  });
}

function whyConstant(
  { name, categories }: StoredColumn,
  statistics: FeatureStatistics,
  learned: Manifest['learned'],
): string | null {
  switch (statistics.kind) {
    case 'number':
      return statistics.min === statistics.max ? 'the same number in all training rows' : null;
    case 'category': {
      const { counts, none } = statistics;
      const [only, ...others] = counts.flatMap((rows, index) => (rows > 0 ? [index] : []));
      if (others.length > 0 || (only !== undefined && none > 0)) return null;
      return only === undefined
        ? whyNone(counts.length, othersOf(learned, name))
        : `${categories![only]} in all training rows`;
    }
  }
}

/** @param others values beside the categories */
function whyNone(categories: number, others: number): string {
  if (categories > 0) return `no training row has one of its ${categories} categories`;
  return others === 0
    ? 'missing in all training rows'
    : `none of its ${others} values has enough training rows for a category`;
}

function othersOf({ features }: Manifest['learned'], name: string): number {
  const value = features[name];
  return value?.kind === 'categories' ? value.others : 0;
}
