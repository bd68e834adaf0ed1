import ngeohash from 'ngeohash';

const BITS_PER_CHARACTER = 5;

/** Ten characters are 50 bits, which a float64 holds exactly; such a cell measures about 1.2 x 0.6 m. */
export const MAX_GEOHASH_PRECISION = 10;

/**
 * The geohash cells of points, as numbers (the geohash's bits). A point on a cell's edge belongs to the cell south or west of it;
 * points outside the world belong to the cell on its rim.
 * @param precision characters of the geohash, 1 .. {@link MAX_GEOHASH_PRECISION}
 * @returns a cell each; NaN where a coordinate is missing
 * @see Niemeyer 2008, geohash.org
 */
export function geohashCells(latitudes: Float64Array, longitudes: Float64Array, precision: number): Float64Array {
  const bits = precision * BITS_PER_CHARACTER;
  const cells = new Float64Array(latitudes.length);
  for (let i = 0; i < cells.length; i++) {
    const [latitude, longitude] = [latitudes[i]!, longitudes[i]!];
    cells[i] = Number.isNaN(latitude + longitude) ? Number.NaN : ngeohash.encode_int(latitude, longitude, bits);
  }
  return cells;
}

/** The text of a cell that {@link geohashCells} gave. */
export function geohashText(cell: number, precision: number): string {
  const { latitude, longitude } = ngeohash.decode_int(cell, precision * BITS_PER_CHARACTER);
  return ngeohash.encode(latitude, longitude, precision);
}

/** The cell of a geohash's text, or NaN when it is none. */
export function geohashCell(text: string): number {
  if (!/^[0-9b-hjkmnp-z]+$/.test(text)) return Number.NaN;
  const { latitude, longitude } = ngeohash.decode(text);
  return ngeohash.encode_int(latitude, longitude, text.length * BITS_PER_CHARACTER);
}
