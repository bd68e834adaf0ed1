/** Uniform numbers in [0, 1), 32 bits each. */
export type Random = () => number;

/**
 * A fast generator with 128 bits of state.
 * @see Chris Doty-Humphrey, PractRand, "sfc32"
 */
export function createRandom(seed: number): Random {
  let a = seed >>> 0;
  let b = Math.floor(seed / 2 ** 32) >>> 0;
  let c = 0x9e3779b9;
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
 * Draws an index with the given weights.
 * @param weights not negative; any sum above 0
 */
export function weightedIndex(weights: readonly number[]): (random: Random) => number {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  let reached = 0;
  const bounds = weights.map((weight) => {
    reached += weight;
    return reached / total;
  });
  return (random) => {
    const draw = random();
    const index = bounds.findIndex((bound) => draw < bound);
    return index === -1 ? weights.length - 1 : index;
  };
}
