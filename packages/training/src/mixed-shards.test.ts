import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Chunk } from './engine.js';
import { MixedShards, mixRows } from './mixed-shards.js';
import { randomStream } from './random-stream.js';
import type { RowShards } from './score-rows.js';
import { type VisitPlan, visitsOf } from './visit-plan.js';

/** Rows of two columns, (n, -n), labelled n, counted on from shard to shard: a table sorted by its label. */
function sorted(sizes: readonly number[], read: number[] = []): RowShards {
  const shards: Chunk[] = [];
  let row = 0;
  for (const rows of sizes) {
    const y = Float32Array.from({ length: rows }, () => row++);
    shards.push({ rows, x: Float32Array.from([...y].flatMap((n) => [n, -n])), y });
  }
  const readShard = async (index: number): Promise<Chunk> => {
    read.push(index);
    return shards[index]!;
  };
  return { shardCount: sizes.length, readShard };
}

async function chunksOf(shards: RowShards, plan: VisitPlan): Promise<readonly Chunk[]> {
  const visits = visitsOf(plan, shards.shardCount);
  const mixed = new MixedShards(shards, plan, visits);
  const chunks: Chunk[] = [];
  for (const made of visits.keys()) chunks.push(await mixed.read(made));
  return chunks;
}

const PLAN: VisitPlan = { seed: 1, passes: 2, epochsPerShard: 1, mixedShards: 4 };
const ascending = (values: Iterable<number>): number[] => [...values].sort((a, b) => a - b);
const labels = (chunks: readonly Chunk[]): number[] => chunks.flatMap(({ y }) => [...y]);

describe('mixed shards', () => {
  it('deal every row once a pass, with its columns, in chunks of the sizes that are visited', async () => {
    const plan = fc.record({
      seed: fc.integer({ min: 0 }),
      passes: fc.constant(2),
      epochsPerShard: fc.integer({ min: 1, max: 2 }),
      mixedShards: fc.integer({ min: 1, max: 5 }),
    });
    const sizes = fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 9 });
    await fc.assert(
      fc.asyncProperty(plan, sizes, async (plan, sizes) => {
        const chunks = await chunksOf(sorted(sizes), plan);
        const rows = sizes.reduce((sum, size) => sum + size, 0);
        const visits = visitsOf(plan, sizes.length);
        expect(chunks.map((chunk) => chunk.rows)).toEqual(visits.map(({ shard }) => sizes[shard]!));
        for (const { x, y } of chunks) expect([...x]).toEqual([...y].flatMap((n) => [n, -n]));
        for (const pass of [0, 1])
          for (let epoch = 0; epoch < plan.epochsPerShard; epoch++) {
            const ofEpoch = chunks.filter((_, made) => visits[made]!.pass === pass && visits[made]!.epoch === epoch);
            expect(ascending(labels(ofEpoch))).toEqual(Array.from({ length: rows }, (_, row) => row));
          }
      }),
      { numRuns: 100 },
    );
  });

  it('hold rows of all shards of their group, others in each pass', async () => {
    const chunks = await chunksOf(sorted([100, 100, 100, 100]), PLAN);
    for (const { y } of chunks) {
      const perShard = [0, 1, 2, 3].map((shard) => y.filter((n) => Math.floor(n / 100) === shard).length);
      // 25 expected, hypergeometric with a deviation of 3.75: beyond 6 to 44 once in a million times.
      for (const count of perShard) expect(Math.abs(count - 25)).toBeLessThan(19);
    }
    expect(new Set(chunks.map(({ y }) => ascending(y).join())).size).toBe(8);
  });

  it.each([
    { mixedShards: 1, groups: [1, 1, 1, 1, 1, 1, 1, 1, 1] },
    { mixedShards: 4, groups: [3, 3, 3] },
    { mixedShards: 8, groups: [5, 4] },
    { mixedShards: 100, groups: [9] },
  ])('are read in even groups: $groups of 9 where at most $mixedShards are mixed', async ({ mixedShards, groups }) => {
    const read: number[] = [];
    const plan = { ...PLAN, passes: 1, mixedShards };
    const mixed = new MixedShards(sorted(Array(9).fill(1), read), plan, visitsOf(plan, 9));
    for (let made = 0, group = 0; group < groups.length; group++) {
      const begun = groups.slice(0, group + 2); // this group and, while it is in use, the next
      for (const last = made + groups[group]!; made < last; made++) {
        await mixed.read(made);
        expect(read).toHaveLength(begun.reduce((sum, size) => sum + size, 0));
      }
    }
    expect(ascending(read)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
  });

  it('are the same whatever was read before: a resumed training sees what it would have seen', async () => {
    const plan = { ...PLAN, epochsPerShard: 2, mixedShards: 2 };
    const sizes = [5, 4, 5, 4, 4];
    const visits = visitsOf(plan, sizes.length);
    const all = await chunksOf(sorted(sizes), plan);
    for (const made of visits.keys())
      expect(await new MixedShards(sorted(sizes), plan, visits).read(made)).toEqual(all[made]);
  });
});

it('one chunk stays as it is', () => {
  const [chunk] = [{ rows: 2, x: Float32Array.of(1, 2), y: Float32Array.of(1, 2) }];
  expect(mixRows([chunk], randomStream(1))[0]).toBe(chunk);
});
