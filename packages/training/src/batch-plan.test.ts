import { describe, expect, it } from 'vitest';
import { dropoutPool, dropoutWidths, planBatches } from './batch-plan.js';
import { dense, dropout, modelOf } from './testing/cases.js';

const model = modelOf([dropout(0.3), dense(9), dropout(0.5), dense(1)]);
const key = { seed: 1, pass: 0, shard: 0, epoch: 0 };
const pool = dropoutPool(model, 16, 1);
const plan = (changes: Partial<typeof key> = {}) =>
  planBatches({ model, rows: 50, batchSize: 16, pool }, { ...key, ...changes });

describe('planBatches', () => {
  it('orders every row once', () => {
    expect([...plan().order].sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  it('gives each batch, the last smaller one too, an offset for each dropout layer, all windows inside the pool', () => {
    expect(dropoutWidths(model)).toEqual([6, 9]);
    const { dropoutOffsets } = plan();
    expect(dropoutOffsets).toHaveLength(4 * 2);
    expect(Math.max(...dropoutOffsets) + 16 * 9).toBeLessThanOrEqual(pool.length);
  });

  it.each(['seed', 'pass', 'shard', 'epoch'] as const)('depends on the %s', (part) => {
    expect(plan({ [part]: 7 }).order).not.toEqual(plan().order);
    expect(plan({ [part]: 7 }).dropoutOffsets).not.toEqual(plan().dropoutOffsets);
    expect(plan({ [part]: 7 })).toEqual(plan({ [part]: 7 }));
  });
});

describe('dropoutPool', () => {
  it('is empty without dropout', () => {
    expect(dropoutPool(modelOf([dense(1)]), 16, 1)).toHaveLength(0);
  });

  it('is uniform on [0, 1), by the Kolmogorov distance (DKW, a = 1e-6)', () => {
    const bound = Math.sqrt(Math.log(2 / 1e-6) / (2 * pool.length));
    const distance = (values: Float32Array) => {
      const sorted = values.slice().sort();
      return Math.max(
        ...[...sorted.entries()].filter(([i]) => i % 16 === 0).map(([i, u]) => Math.abs(u - i / sorted.length)),
      );
    };
    expect(Math.max(...pool.slice(0, 50_000))).toBeLessThan(1);
    expect(distance(pool)).toBeLessThan(bound);
    expect(distance(pool.map((u) => u ** 1.05))).toBeGreaterThan(bound);
  });
});
