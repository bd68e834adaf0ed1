import { type TableFacts, taxifareRecipe } from 'assay';

const { features, groups } = taxifareRecipe();

/** Of a table of taxi rides: column i has the mean i and the deviation i, so that they show where they came from. */
export const TAXI_FACTS: TableFacts = {
  features,
  groups,
  featureStatistics: features.map((_, column) => ({ mean: column, std: column, min: 0, max: 2 * column })),
  label: { name: 'fare_amount', mean: 11, std: 9, min: 1, max: 399 },
  shardRows: [1000, 1000, 500],
};
