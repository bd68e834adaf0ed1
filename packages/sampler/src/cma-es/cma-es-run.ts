import type { Rng } from '../rng.js';
import { defaultPopulation } from './strategy.js';

/**
 * From one start to the next restart. Restarts alternate between two regimes, so that neither spends more trials than the
 * other: ever larger populations, which see through many local optima, and small ones of random size with a small sigma,
 * which search near a random point (BIPOP).
 * @see Hansen 2009, "Benchmarking a BI-population CMA-ES on the BBOB-2009 function testbed"
 */
export interface CmaEsRun {
  readonly population: number;
  /** The deviation it starts with, as a share of each range. */
  readonly sigma: number;
  readonly regime: 'large' | 'small';
  /** How often the large population has been doubled. */
  readonly doublings: number;
  /** Trials that earlier runs have used. */
  readonly spent: { readonly large: number; readonly small: number };
}

/** 512 times the first population are some thousands of trials a generation: no study has time to learn from more. */
const MOST_DOUBLINGS = 9;

export function firstRun(dimension: number, population: number | null, sigma: number): CmaEsRun {
  return {
    population: population ?? defaultPopulation(dimension),
    sigma,
    regime: 'small',
    doublings: 0,
    spent: { large: 0, small: 0 },
  };
}

/** @param trials how many the run has used */
export function nextRun(first: CmaEsRun, run: CmaEsRun, trials: number, rng: Rng): CmaEsRun {
  const spent = { ...run.spent, [run.regime]: run.spent[run.regime] + trials };
  if (spent.large <= spent.small) {
    const doublings = Math.min(run.doublings + 1, MOST_DOUBLINGS);
    return { population: first.population * 2 ** doublings, sigma: first.sigma, regime: 'large', doublings, spent };
  }
  const growth = 2 ** (run.doublings - 1);
  return {
    population: Math.floor(first.population * growth ** (rng.next() ** 2)),
    sigma: first.sigma * 10 ** (-2 * rng.next()),
    regime: 'small',
    doublings: run.doublings,
    spent,
  };
}
