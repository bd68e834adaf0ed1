import type { TableWorkload } from 'assay';
import study from '../../study.js';
import type { TaxiParams } from '../../taxi-space.js';
import type { Results } from './stages.js';

/**
 * Training reports, validates and keeps its checkpoint after every shard: with the default of 8,192 rows that would be 5,700
 * times in an epoch of 55 million rides.
 */
const SHARD_ROWS = 65_536;

/** The study's own recipe and network, over the generated files. */
export function taxiTable({ train, validation }: Results['generate']): TableWorkload<TaxiParams> {
  const sources = { train: [train], validation: [validation], description: 'generated rides' };
  return { ...study.table, shardRows: SHARD_ROWS, sources: async () => sources };
}
