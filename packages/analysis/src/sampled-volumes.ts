/** Share of the box that one point more or less makes: about 0.01%. */
const POINTS = 8192;

/**
 * The volume that the first, the first two, ... vectors of losses dominate together, up to a corner: by counting which of
 * 8192 evenly spread points of the box between them and the corner each one is the first to dominate. Never falls. O(points
 * x vectors) whatever the number of objectives; exact volumes take exponentially long.
 * @param losses finite vectors as long as the corner; what is not better than it in every objective adds nothing
 */
export function sampledVolumes(losses: readonly (readonly number[])[], corner: readonly number[]): Float64Array {
  const dimensions = corner.length;
  const table = Float64Array.from(losses.flat());
  const ideal = corner.map((end, j) => losses.reduce((least, vector) => Math.min(least, vector[j]!), end));
  const counts = new Float64Array(losses.length);
  const point = new Float64Array(dimensions);
  const strides = evenStrides(dimensions);
  for (let k = 0; k < POINTS; k++) {
    for (let j = 0; j < dimensions; j++) {
      point[j] = ideal[j]! + (corner[j]! - ideal[j]!) * ((0.5 + (k + 1) * strides[j]!) % 1);
    }
    const first = firstToDominate(table, point);
    if (first < losses.length) counts[first]!++;
  }
  const volume = corner.reduce((product, end, j) => product * (end - ideal[j]!), 1) / POINTS;
  for (let i = 1; i < counts.length; i++) counts[i]! += counts[i - 1]!;
  return counts.map((dominated) => volume * dominated);
}

/** How many vectors come before the first one that is below the point everywhere. */
function firstToDominate(table: Float64Array, point: Float64Array): number {
  const dimensions = point.length;
  for (let start = 0; start < table.length; start += dimensions) {
    let j = 0;
    while (j < dimensions && table[start + j]! <= point[j]!) j++;
    if (j === dimensions) return start / dimensions;
  }
  return table.length / dimensions;
}

/**
 * Powers of 1/g where g^(d+1) = g + 1: their multiples modulo 1 fill the unit cube evenly.
 * @see Roberts 2018, "The Unreasonable Effectiveness of Quasirandom Sequences"
 */
function evenStrides(dimensions: number): Float64Array {
  let golden = 2;
  for (let i = 0; i < 30; i++) golden = (1 + golden) ** (1 / (dimensions + 1));
  return Float64Array.from({ length: dimensions }, (_, j) => golden ** -(j + 1));
}
