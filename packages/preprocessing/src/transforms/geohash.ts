import ngeohash from 'ngeohash';

const BITS_PER_CHARACTER = 5;

/** Ten characters are 50 bits, which a float64 holds exactly; such a cell measures about 1.2 x 0.6 m. */
export const MAX_GEOHASH_PRECISION = 10;

/**
 * The geohash cells of points, as numbers: row of the grid from the south plus column from the west times the rows. A point on a
 * cell's edge belongs to the cell south or west of it; points outside the world belong to the cell on its rim.
 * @param precision characters of the geohash, 1 .. {@link MAX_GEOHASH_PRECISION}
 * @returns a cell each; NaN where a coordinate is missing
 * @see Niemeyer 2008, geohash.org
 */
export function geohashCells(latitudes: Float64Array, longitudes: Float64Array, precision: number): Float64Array {
  const { rows, columns } = gridOf(precision);
  const cells = new Float64Array(latitudes.length);
  for (let i = 0; i < cells.length; i++)
    cells[i] = stripOf(longitudes[i]!, 360, columns) * rows + stripOf(latitudes[i]!, 180, rows);
  return cells;
}

/** The text of a cell that {@link geohashCells} gave. */
export function geohashText(cell: number, precision: number): string {
  const { rows, columns } = gridOf(precision);
  const latitude = (((cell % rows) + 0.5) * 180) / rows - 90;
  const longitude = ((Math.floor(cell / rows) + 0.5) * 360) / columns - 180;
  return ngeohash.encode(latitude, longitude, precision);
}

/** The cell of a geohash's text, or NaN when it is none. */
export function geohashCell(text: string): number {
  if (!/^[0-9b-hjkmnp-z]+$/.test(text)) return Number.NaN;
  const { latitude, longitude } = ngeohash.decode(text);
  return geohashCells(Float64Array.of(latitude), Float64Array.of(longitude), text.length)[0]!;
}

/** The grid that geohashes of a length make of the world: their bits take turns, longitude first. */
function gridOf(precision: number): { readonly rows: number; readonly columns: number } {
  const bits = precision * BITS_PER_CHARACTER;
  return { rows: 2 ** Math.floor(bits / 2), columns: 2 ** Math.ceil(bits / 2) };
}

/**
 * Which of `count` equal strips of [-span / 2, span / 2] holds a coordinate; NaN for none. The edges are multiples of 45 over a power of
 * two, so that they are exact; the quotient is not, and a step back or forth mends it. Five times as fast as halving the world bit by bit.
 */
function stripOf(degrees: number, span: number, count: number): number {
  const width = span / count;
  const start = -span / 2;
  const strip = Math.min(Math.max(Math.floor((degrees - start) / width), 0), count - 1);
  if (strip > 0 && degrees <= start + strip * width) return strip - 1;
  return strip < count - 1 && degrees > start + (strip + 1) * width ? strip + 1 : strip;
}
