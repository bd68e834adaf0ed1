import { openDataset } from '@assay/preprocessing';
import type { RowShards } from '@assay/training';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LEARNS, lineSpace, lineTable, temporaryFolder } from './line-table.test.kit.js';
import { prepareTableData } from './table-data.js';
import { foldNumbers, foldsOf } from './table-folds.js';
import { defineTableStudy } from './table-study.js';
import { prepareContextOf } from './testing/index.js';

const folder = temporaryFolder();
const table = lineTable(folder);

/** Every row as one text. */
async function rowsOf({ shardCount, readShard }: RowShards): Promise<string[]> {
  const rows: string[] = [];
  for (let index = 0; index < shardCount; index++) {
    const shard = await readShard(index);
    for (let row = 0; row < shard.rows; row++) rows.push(`${shard.x.subarray(row * 2, row * 2 + 2)} ${shard.y[row]}`);
  }
  return rows;
}

describe('folds', () => {
  it('have every row validated by one of them, and trained on by the others', async () => {
    const { data } = await prepareTableData(table, prepareContextOf(folder));
    const dataset = await openDataset(data.dir);
    const { train, validation } = dataset.manifest.splits;
    const foldAt = await foldsOf(dataset, 3);
    const validated: string[] = [];
    for (const fold of [0, 1, 2]) {
      const { data: rows, shardRows } = foldAt(fold);
      const [seen, held] = [await rowsOf(rows), await rowsOf(rows.validation)];
      expect(seen.length + held.length).toBe(train.rows + validation.rows);
      const trained = new Set(seen);
      expect(held.filter((row) => trained.has(row))).toEqual([]);
      expect(shardRows.reduce((sum, size) => sum + size)).toBe(seen.length);
      expect(Math.max(...shardRows)).toBeLessThanOrEqual(dataset.manifest.shardRows);
      validated.push(...held);
    }
    const whole = [
      ...(await rowsOf({ shardCount: train.shards.length, readShard: (i) => dataset.readShard('train', i) })),
    ];
    whole.push(
      ...(await rowsOf({ shardCount: validation.shards.length, readShard: (i) => dataset.readShard('validation', i) })),
    );
    expect(validated.sort()).toEqual(whole.sort());
  });

  it('are as large as each other, in no order of the rows', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 2, max: 9 }), (rows, folds) => {
        const counts = new Float64Array(folds);
        for (const fold of foldNumbers(rows, folds)) counts[fold]!++;
        expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
      }),
    );
    const numbers = foldNumbers(10_000, 2);
    let changes = 0;
    for (let row = 1; row < numbers.length; row++) if (numbers[row] !== numbers[row - 1]) changes++;
    // Of a fair shuffle, half of the neighbours differ: 5,000 give or take 5 deviations of 50.
    expect(Math.abs(changes - 5000)).toBeLessThan(250);
  });
});

describe('a study with folds', () => {
  const study = defineTableStudy({ name: 'line', space: lineSpace, ...table, folds: 3 });

  it('repeats each trial once a fold, and trains each time on other rows', async () => {
    expect(study.repeats).toMatchObject({ count: 3 });
    const prepared = await study.prepare?.(prepareContextOf(folder));
    if (prepared === undefined) throw new Error('a table study prepares its rows');
    const errorOf = async (repeat: number): Promise<number> => {
      const answer = await study.objective({
        number: 0,
        params: { ...LEARNS, passes: 1 },
        values: lineSpace.encode({ ...LEARNS, passes: 1 }),
        seed: 1,
        repeat,
        data: prepared.data,
        gate: { run: (call) => call() },
        report: async () => 'keep',
        log: () => undefined,
      });
      if (typeof answer === 'number' || 'length' in answer) throw new Error('a table study answers with attributes');
      return answer.values[0]!;
    };
    const values = [await errorOf(0), await errorOf(1), await errorOf(2)];
    expect(new Set(values).size).toBe(3);
    expect(await errorOf(3)).toBe(values[0]); // a fourth repeat would begin with the first fold again
  });

  it.each([
    { name: 'one fold', declared: { folds: 1 } },
    { name: 'folds and repeats', declared: { folds: 3, repeats: 2 } },
  ])('is refused with $name', ({ declared }) => {
    expect(() => defineTableStudy({ name: 'line', space: lineSpace, ...table, ...declared })).toThrow(
      /two folds or more/,
    );
  });
});
