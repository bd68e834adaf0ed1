import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { prepareTable } from './prepare-table.js';
import { taxifareRecipe } from './taxi/taxifare-recipe.js';
import { temporaryFolder } from './testing/temporary-folder.js';

const HEADER =
  'fare_amount,pickup_datetime,pickup_longitude,pickup_latitude,dropoff_longitude,dropoff_latitude,passenger_count';
const ROWS = [
  '4.5,2009-06-15 17:26:21 UTC,-73.844311,40.721319,-73.84161,40.712278,1',
  '16.9,2010-01-05 16:52:16 UTC,-74.016048,40.711303,-73.979268,40.782004,1',
  '5.7,2011-08-18 00:35:00 UTC,40.75171,-73.98271,40.71144,-73.99124,2', // latitude and longitude swapped at both ends
  '7.7,2012-04-21 04:30:42 UTC,-73.98713,40.733143,40.758092,-73.991567,1', // at one end
  '5.3,13/09/2010 12:45,-73.968095,40.768008,-73.956655,40.783762,1',
  '1_0,2010-09-13 12:45:00 UTC,-73.968095,40.768008,-73.956655,40.783762,1',
];

describe('bad rows of taxi data', () => {
  it.each(['csv', 'duckdb'] as const)(
    'are dropped or refused by name: swapped coordinates, dates, numbers (%s)',
    async (reader) => {
      const train = join(temporaryFolder(), 'rides.csv');
      writeFileSync(train, `${HEADER}\n${ROWS.join('\n')}\n`);
      const plan = { recipe: taxifareRecipe(), train, outDir: temporaryFolder(), maxBad: 0.5, reader };
      const { manifest } = await prepareTable(plan);
      expect(manifest.sources[0]!.kept).toEqual({ train: 1, validation: 0, test: 1 }); // the two good ones, by their hashes
      expect(manifest.dropped).toMatchObject({ 'outside New York': 2 });
      expect(manifest.firstRejects).toEqual([
        {
          file: 'rides.csv',
          line: 6,
          reason: 'pickup_datetime: "13/09/2010 12:45" is no time (YYYY-MM-DD HH:MM:SS UTC)',
        },
        { file: 'rides.csv', line: 7, reason: 'fare_amount: "1_0" is no number' },
      ]);
    },
  );
});
