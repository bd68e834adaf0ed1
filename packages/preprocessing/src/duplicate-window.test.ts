import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DuplicateWindow, duplicateWindowRows } from './duplicate-window.js';
import { TypedTable } from './typed-table.js';

type Row = readonly [number, string];

function tableOf(rows: readonly Row[]): TypedTable {
  return new TypedTable(
    rows.length,
    ['n', 't'],
    [
      { type: 'number', values: Float64Array.from(rows, ([n]) => n) },
      { type: 'text', values: rows.map(([, t]) => t) },
    ],
  );
}

/** The slow and obvious twin. */
function repeats(rows: readonly Row[], windowRows: number): boolean[] {
  return rows.map(([n, t], i) =>
    rows.slice(Math.floor(i / windowRows) * windowRows, i).some(([m, u]) => Object.is(m + 0, n + 0) && t === u),
  );
}

describe('duplicate window', () => {
  const row: fc.Arbitrary<Row> = fc.tuple(fc.constantFrom(0, -0, 1, 2, Number.NaN), fc.constantFrom('', 'a', 'b'));

  it('finds exact repeats in every window, whatever the hashes and the chunks', () => {
    fc.assert(
      fc.property(
        fc.array(row, { maxLength: 40 }),
        fc.integer({ min: 1, max: 12 }),
        fc.integer({ min: 1, max: 9 }),
        fc.boolean(),
        (rows, windowRows, chunkRows, isPoorHash) => {
          const window = new DuplicateWindow(windowRows);
          const found: boolean[] = [];
          for (let start = 0; start < rows.length; start += chunkRows) {
            const chunk = rows.slice(start, start + chunkRows);
            const table = tableOf(chunk);
            const hashes = chunk.map(([n, t]) => (isPoorHash ? 7 : (Number.isNaN(n) ? 9 : n) * 31 + t.length));
            for (const repeat of window.repeats(table, Uint32Array.from(hashes), new Map())) found.push(repeat === 1);
          }
          expect(found).toEqual(repeats(rows, windowRows));
        },
      ),
    );
  });

  it('takes no row for a repeat of one that could not be parsed, nor the other way round', () => {
    const table = tableOf([
      [1, 'a'],
      [1, 'a'],
      [1, 'a'],
      [1, 'a'],
    ]);
    const unparsable = new Map([
      [0, 'x'],
      [2, 'x'],
    ]);
    expect([...new DuplicateWindow(4).repeats(table, new Uint32Array(4), unparsable)]).toEqual([0, 0, 0, 1]);
  });

  it.each([
    { columns: 1, rows: 100_000 },
    { columns: 100, rows: 100_000 },
    { columns: 200, rows: 50_000 },
    { columns: 10_000, rows: 1000 },
  ])('is $rows rows long for $columns columns', ({ columns, rows }) => {
    expect(duplicateWindowRows(columns)).toBe(rows);
  });
});
