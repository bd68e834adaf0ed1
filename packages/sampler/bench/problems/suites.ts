import { FUNCTIONS } from './functions.js';
import { heldOutProblems } from './held-out/held-out-problems.js';
import type { Problem } from './problem.js';
import { readTables } from './tables.js';

/** The generator seed of `held-out` without a number. */
const DEFAULT_HELD_OUT = 1;

/**
 * The problems of a suite: `functions`, `tables` (where `ASSAY_BENCH_TABLES` names their folder, else none and a word
 * about it), `held-out` or `held-out:<seed of the generator>`, or `all`.
 */
export function problemsOf(suite: string): readonly Problem[] {
  const [name, seed = DEFAULT_HELD_OUT] = suite.split(':');
  switch (name) {
    case 'functions':
      return FUNCTIONS;
    case 'tables':
      return tables();
    case 'held-out':
      return heldOutProblems(Number(seed));
    case 'all':
      return [...FUNCTIONS, ...tables(), ...heldOutProblems(DEFAULT_HELD_OUT)];
    default:
      throw new Error(`no suite is called ${suite}; allowed: functions, tables, held-out, held-out:<seed>, all`);
  }
}

function tables(): readonly Problem[] {
  const folder = process.env.ASSAY_BENCH_TABLES;
  if (folder !== undefined) return readTables(folder);
  console.error('The tables of training results are skipped: ASSAY_BENCH_TABLES names no folder.');
  return [];
}
