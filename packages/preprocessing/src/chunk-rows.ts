const ROWS = 8192;
/** Some 16 MB of numbers, a few times as much of texts. */
const CELLS = 2_000_000;

/** How many rows are read at a time where nobody says: 8,192, and fewer in a table of more than 244 columns. */
export function chunkRowsFor(columns: number): number {
  return Math.max(1, Math.min(ROWS, Math.ceil(CELLS / columns)));
}
