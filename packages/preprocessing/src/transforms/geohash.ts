const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';
const BITS_PER_CHARACTER = 5;

/** Ten characters are 50 bits, which a float64 holds exactly; such a cell measures about 1.2 x 0.6 m. */
export const MAX_GEOHASH_PRECISION = 10;

/** How many of a geohash's bits say longitude and latitude: they take turns, longitude first. */
function axisBits(precision: number): { readonly longitude: number; readonly latitude: number } {
  const bits = precision * BITS_PER_CHARACTER;
  return { longitude: Math.ceil(bits / 2), latitude: Math.floor(bits / 2) };
}

/**
 * The geohash cells of points, as numbers: row of the grid from the south plus column from the west times the rows. A point on a
 * cell's edge belongs to the cell south or west of it; points outside the world belong to the cell on its rim.
 * @param precision characters of the geohash, 1 .. {@link MAX_GEOHASH_PRECISION}
 * @returns a cell each; NaN where a coordinate is missing
 * @see Niemeyer 2008, geohash.org
 */
export function geohashCells(latitudes: Float64Array, longitudes: Float64Array, precision: number): Float64Array {
  const bits = axisBits(precision);
  const rows = 2 ** bits.latitude;
  const columns = 2 ** bits.longitude;
  const cells = new Float64Array(latitudes.length);
  for (let i = 0; i < cells.length; i++)
    cells[i] = stripOf(longitudes[i]!, 360, columns) * rows + stripOf(latitudes[i]!, 180, rows);
  return cells;
}

/**
 * Which of `count` equal strips of [-span / 2, span / 2] holds a coordinate. The edges are multiples of 45 over a power of two, so
 * that they are exact; the quotient is not, and a step back or forth mends it.
 */
function stripOf(degrees: number, span: number, count: number): number {
  const width = span / count;
  const start = -span / 2;
  let strip = Math.floor((degrees - start) / width);
  if (strip < 0) return 0;
  if (strip >= count) strip = count - 1;
  if (strip > 0 && degrees <= start + strip * width) return strip - 1;
  return strip < count - 1 && degrees > start + (strip + 1) * width ? strip + 1 : strip;
}

/** The text of a cell that {@link geohashCells} gave. */
export function geohashText(cell: number, precision: number): string {
  const bits = axisBits(precision);
  const rows = 2 ** bits.latitude;
  let longitude = Math.floor(cell / rows);
  let latitude = cell % rows;
  let digits = '';
  // From the last bit to the first: bit i says longitude where i is even.
  let five = 0;
  for (let i = precision * BITS_PER_CHARACTER - 1, weight = 1; i >= 0; i--) {
    const bit = i % 2 === 0 ? longitude % 2 : latitude % 2;
    if (i % 2 === 0) longitude = Math.floor(longitude / 2);
    else latitude = Math.floor(latitude / 2);
    five += bit * weight;
    weight *= 2;
    if (i % BITS_PER_CHARACTER !== 0) continue;
    digits = ALPHABET[five]! + digits;
    five = 0;
    weight = 1;
  }
  return digits;
}

/** The cell of a geohash's text, or NaN when it is none. */
export function geohashCell(text: string): number {
  let longitude = 0;
  let latitude = 0;
  for (let i = 0; i < text.length; i++) {
    const five = ALPHABET.indexOf(text[i]!);
    if (five < 0) return Number.NaN;
    for (let b = 0; b < BITS_PER_CHARACTER; b++) {
      const bit = (five >> (BITS_PER_CHARACTER - 1 - b)) & 1;
      if ((i * BITS_PER_CHARACTER + b) % 2 === 0) longitude = longitude * 2 + bit;
      else latitude = latitude * 2 + bit;
    }
  }
  return longitude * 2 ** axisBits(text.length).latitude + latitude;
}
