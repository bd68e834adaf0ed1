import fc from 'fast-check';
import { expect, it } from 'vitest';
import { LowestHashes } from './lowest-hashes.js';

function sampled(size: number, rows: readonly { hash: number; value: number }[]): number[] {
  const sample = new LowestHashes(size);
  for (const { hash, value } of rows) sample.add(hash, value);
  return [...sample.values()].sort((a, b) => a - b);
}

it('keeps the values of the lowest hashes, whatever the order of the rows', () => {
  const hashes = fc.uniqueArray(fc.nat(1000), { maxLength: 100 });
  fc.assert(
    fc.property(hashes, fc.integer({ min: 1, max: 20 }), (rows, size) => {
      const lowest = [...rows].sort((a, b) => a - b).slice(0, size);
      expect(
        sampled(
          size,
          rows.map((hash) => ({ hash, value: -hash })),
        ),
      ).toEqual(lowest.map((hash) => -hash).sort((a, b) => a - b));
    }),
  );
});
