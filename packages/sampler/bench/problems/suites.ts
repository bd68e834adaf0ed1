import { type Challenge, challengeOf } from '../simulation/challenge.js';
import { FUNCTIONS } from './functions.js';
import { heldOutProblems, noisyProblems, roughTables, trainings } from './held-out/held-out-problems.js';
import { readTables } from './tables.js';
import { TRADEOFFS, tradeoffChallenge } from './tradeoffs.js';

/** The generator seed of a suite without a number. */
const DEFAULT_SEED = 1;

/**
 * The challenges of a suite: `functions`, `tables` (where `ASSAY_BENCH_TABLES` names their folder, else none and a word
 * about it), `fronts` (several objectives), or those that a generator makes: `held-out`, `noisy`, `rough-tables`, `trainings`, or
 * `held-out:<seed of the generator>` and so on; `all` are the first four.
 */
export function challengesOf(suite: string): readonly Challenge[] {
  const [name, seed = DEFAULT_SEED] = suite.split(':');
  switch (name) {
    case 'functions':
      return FUNCTIONS.map(challengeOf);
    case 'tables':
      return tables();
    case 'held-out':
      return heldOutProblems(Number(seed)).map(challengeOf);
    case 'rough-tables':
      return roughTables(Number(seed)).map(challengeOf);
    case 'noisy':
      return noisyProblems(Number(seed)).map(challengeOf);
    case 'trainings':
      return trainings(Number(seed));
    case 'fronts':
      return TRADEOFFS.map(tradeoffChallenge);
    case 'all':
      return ['functions', 'tables', 'held-out', 'fronts'].flatMap(challengesOf);
    default:
      throw new Error(
        `no suite is called ${suite}; allowed: functions, tables, fronts, all, held-out, noisy, rough-tables, trainings, held-out:<seed>, ...`,
      );
  }
}

function tables(): readonly Challenge[] {
  const folder = process.env.ASSAY_BENCH_TABLES;
  if (folder !== undefined) return readTables(folder).map(challengeOf);
  console.error('The tables of training results are skipped: ASSAY_BENCH_TABLES names no folder.');
  return [];
}
