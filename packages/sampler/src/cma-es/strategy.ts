/** The numbers that steer an adaptation, for one dimension and population size. */
export interface Strategy {
  /** How many samples make a generation. */
  readonly population: number;
  /** One weight per sample, best first; the better half's are positive and sum to 1, the others' are not. */
  readonly weights: Float64Array;
  /** How many of them are positive. */
  readonly parents: number;
  /** Variance-effective number of parents. */
  readonly effective: number;
  readonly sigmaRate: number;
  readonly sigmaDamping: number;
  readonly pathRate: number;
  readonly rankOneRate: number;
  readonly rankManyRate: number;
  /** The expected length of a standard normal vector. */
  readonly normalLength: number;
}

/** @see Hansen 2016 (2023), "The CMA evolution strategy: a tutorial", arXiv:1604.00772v2, equation 48 */
export function defaultPopulation(dimension: number): number {
  return 4 + Math.floor(3 * Math.log(dimension));
}

/**
 * The default parameters, active (negative) weights included.
 * @param dimension n >= 1
 * @param population at least 4
 * @see Hansen's tutorial, arXiv:1604.00772v2, table 1 and equations 49 to 58; the names there are, in the order of
 * `Strategy`: lambda, w, mu, mu_eff, c_sigma, d_sigma, c_c, c_1, c_mu, E||N(0, I)||
 */
export function strategyFor(dimension: number, population: number): Strategy {
  const n = dimension;
  const raw = Float64Array.from({ length: population }, (_, i) => Math.log((population + 1) / 2) - Math.log(i + 1));
  const parents = Math.floor(population / 2);
  const effective = effectiveCount(raw.subarray(0, parents));
  const sigmaRate = (effective + 2) / (n + effective + 5);
  const rankOneRate = 2 / ((n + 1.3) ** 2 + effective);
  const rankManyRate = Math.min(
    1 - rankOneRate,
    (2 * (0.25 + effective + 1 / effective - 2)) / ((n + 2) ** 2 + effective),
  );
  const negativeSum = Math.min(
    1 + rankOneRate / rankManyRate,
    1 + (2 * effectiveCount(raw.subarray(parents))) / (effective + 2),
    (1 - rankOneRate - rankManyRate) / (n * rankManyRate),
  );
  return {
    population,
    weights: normalized(raw, negativeSum),
    parents,
    effective,
    sigmaRate,
    sigmaDamping: 1 + 2 * Math.max(0, Math.sqrt((effective - 1) / (n + 1)) - 1) + sigmaRate,
    pathRate: (4 + effective / n) / (n + 4 + (2 * effective) / n),
    rankOneRate,
    rankManyRate,
    normalLength: Math.sqrt(n) * (1 - 1 / (4 * n) + 1 / (21 * n * n)),
  };
}

function effectiveCount(weights: Float64Array): number {
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return sum ** 2 / weights.reduce((total, weight) => total + weight ** 2, 0);
}

/** Scaled so that the positive weights sum to 1 and the negative ones to minus `negativeSum`. */
function normalized(raw: Float64Array, negativeSum: number): Float64Array {
  const positive = raw.reduce((sum, weight) => sum + Math.max(weight, 0), 0);
  const negative = raw.reduce((sum, weight) => sum - Math.min(weight, 0), 0);
  return raw.map((weight) => (weight >= 0 ? weight / positive : (negativeSum * weight) / negative));
}
