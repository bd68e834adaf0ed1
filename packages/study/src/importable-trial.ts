import type { Distribution, ParamValues, SearchSpace } from '@assay/space';
import { requireEnding } from './life-cycle.js';
import { StoreError } from './store-error.js';
import type { StoredDistribution, TrialRecord } from './trial-record.js';

/**
 * What every store checks of a trial that it takes over.
 * @param next the number that the study's next trial has
 * @throws {StoreError} `INVALID_VALUE`
 */
export function requireImportable(trial: TrialRecord, next: number, objectives: number): void {
  const { number, state, values, end } = trial;
  if (state === 'running') throw refused(number, 'it is running; end it first');
  if (number !== next) throw refused(number, `the study goes on with trial ${next}`);
  if (state === 'waiting' && values.length === 0) return;
  if (state === 'waiting') throw refused(number, `it waits, and has the values [${values.join(', ')}]`);
  requireEnding({ state, values, end, retry: false }, objectives);
}

/**
 * The distribution of each of a trial's parameters: its own, or else the one in the study's space.
 * @throws {StoreError} `INVALID_VALUE` when a finished trial's parameter has neither
 */
export function requireDistributions(
  trial: TrialRecord,
  space: SearchSpace,
): Readonly<Record<string, StoredDistribution>> {
  const { number, state, params, distributions = {} } = trial;
  if (state === 'waiting') return distributions; // what is fixed for it may be anything
  const all = { ...distributionsOf(space, params), ...distributions };
  const unknown = Object.keys(params).find((name) => !Object.hasOwn(all, name));
  if (unknown === undefined) return all;
  throw refused(number, `nothing says what values its parameter ${JSON.stringify(unknown)} may have`);
}

/** The space's distributions of these parameters. */
export function distributionsOf(space: SearchSpace, params: ParamValues): Readonly<Record<string, Distribution>> {
  const known = space.filter(({ name }) => Object.hasOwn(params, name));
  return Object.fromEntries(known.map(({ name, distribution }) => [name, distribution]));
}

function refused(number: number, why: string): StoreError {
  return new StoreError('INVALID_VALUE', `trial ${number} cannot be imported: ${why}`);
}
