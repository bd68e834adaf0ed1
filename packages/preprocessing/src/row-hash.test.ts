import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rowHashes, textHash } from './row-hash.js';
import { type TypedColumn, TypedTable } from './typed-table.js';

const bits = new DataView(new ArrayBuffer(4));

function float32Of(word: number): number {
  bits.setUint32(0, word);
  return bits.getFloat32(0);
}

function hashOf(...columns: TypedColumn[]): number {
  const names = columns.map((_, i) => `c${i}`);
  return rowHashes(new TypedTable(1, names, columns))[0]!;
}

const number = (value: number): TypedColumn => ({ type: 'number', values: Float64Array.of(value) });
const text = (value: string): TypedColumn => ({ type: 'text', values: [value] });

describe('row hash', () => {
  // Published test vectors of MurmurHash3 x86_32 with seed 0.
  it('is MurmurHash3', () => {
    expect(hashOf()).toBe(0);
    expect(hashOf(number(float32Of(0x87654321)))).toBe(0xf55b516b);
    expect(hashOf(number(0))).toBe(0x2362f9de);
  });

  it('of a text is that of a row with this text alone', () => {
    fc.assert(
      fc.property(fc.string(), (value) => {
        expect(textHash(value)).toBe(hashOf(text(value)));
      }),
    );
  });

  it('is another hash for another seed', () => {
    const table = new TypedTable(1, ['c'], [number(1)]);
    expect(rowHashes(table, table.columns, 1)).not.toEqual(rowHashes(table));
    // Published test vector of MurmurHash3 x86_32 of no bytes with the seed 1.
    expect([...rowHashes(new TypedTable(1, [], []), [], 1)]).toEqual([0x514e28b7]);
  });

  it('takes equal values for equal and others for different', () => {
    expect(hashOf(number(-0))).toBe(hashOf(number(0)));
    expect(hashOf(number(float32Of(0xffc00001)))).toBe(hashOf(number(Number.NaN)));
    expect(hashOf(number(1), number(2))).not.toBe(hashOf(number(2), number(1)));
    expect(hashOf(text('ab'), text('c'))).not.toBe(hashOf(text('a'), text('bc')));
    expect(hashOf({ type: 'integer', values: Float64Array.of(2 ** 40) })).not.toBe(
      hashOf({ type: 'integer', values: Float64Array.of(2 ** 41) }),
    );
  });

  it('spreads rows that differ a little over the whole range (chi-squared over 256 cells)', () => {
    const n = 100_000;
    const values = Float32Array.from({ length: n }, (_, i) => 40.5 + i * 1e-5);
    const table = new TypedTable(n, ['a'], [{ type: 'number', values: Float64Array.from(values) }]);
    const words = new Int32Array(values.buffer);
    const counts = new Float64Array(256);
    const weak = new Float64Array(256);
    const hashes = rowHashes(table);
    for (let row = 0; row < n; row++) {
      counts[hashes[row]! >>> 24]!++;
      weak[Math.imul(words[row]!, 31) >>> 24]!++;
    }
    // 255 degrees of freedom: P(chi2 > 370) < 1e-5. A multiplication alone is far beyond it.
    expect(chiSquared(counts, n)).toBeLessThan(370);
    expect(chiSquared(weak, n)).toBeGreaterThan(370);
  });

  it('does not depend on the other rows of a table', () => {
    fc.assert(
      fc.property(fc.array(fc.float({ noNaN: true }), { minLength: 1, maxLength: 8 }), (values) => {
        const table = new TypedTable(values.length, ['a'], [{ type: 'number', values: Float64Array.from(values) }]);
        expect([...rowHashes(table)]).toEqual(values.map((value) => hashOf(number(value))));
      }),
    );
  });
});

function chiSquared(counts: Float64Array, total: number): number {
  const expected = total / counts.length;
  return counts.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
}
