/** Uniform numbers in [0, 1), 32 bits each. */
export type Random = () => number;

/**
 * A fast generator with 128 bits of state.
 * @param seed a whole number from 0
 * @param stream another one, below 2^32: each gives a sequence of its own
 * @see Chris Doty-Humphrey, PractRand, "sfc32"
 */
export function createRandom(seed: number, stream = 0): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = (0x9e3779b9 + stream) | 0;
  let counter = 1;
  const next = (): number => {
    const sum = (a + b + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 15; i++) next(); // until every bit of the seed has reached every bit of the state
  return next;
}

/** A standard normal draw (Box and Muller 1958). */
export function normal(random: Random): number {
  return Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
}

/** An exponential draw with mean 1. */
export function exponential(random: Random): number {
  return -Math.log(1 - random());
}

/**
 * Draws an index with the given weights, in constant time: a table of cells, each about as probable as a tenth of an index,
 * says where among the cumulative weights to begin looking.
 * @param weights not negative; any sum above 0
 * @see Chen and Asau 1974, "On generating random variates from an empirical distribution" (guide table)
 */
export function weightedIndex(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const bounds = new Float64Array(weights.length);
  let reached = 0;
  for (const [i, weight] of weights.entries()) {
    reached += weight;
    bounds[i] = reached / total;
  }
  const last = bounds.length - 1 - [...weights].reverse().findIndex((weight) => weight > 0);
  bounds.fill(1, last); // whatever the sums were rounded to
  const cells = 10 * weights.length;
  const guide = new Uint16Array(cells);
  for (let cell = 0, index = 0; cell < cells; cell++) {
    while (cell / cells >= bounds[index]!) index++;
    guide[cell] = index;
  }
  return (random) => {
    const draw = random();
    let index = guide[Math.floor(draw * cells)]!;
    while (draw >= bounds[index]!) index++;
    return index;
  };
}
