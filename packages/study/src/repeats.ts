import { StudyError } from './study-error.js';

/** How often a trial runs its objective, each time with another seed, and what its value is made of. */
export interface Repeats {
  /** 1: the objective runs once, and its own reports are the trial's. */
  readonly count: number;
  readonly aggregate: 'mean' | 'median';
}

/** What a study without repeats has. */
export const ONCE: Repeats = Object.freeze({ count: 1, aggregate: 'mean' });

/**
 * @param given a count alone takes the mean
 * @throws {StudyError} `BAD_OPTION`
 */
export function resolveRepeats(given: number | Partial<Repeats>): Repeats {
  const { count, aggregate } = { ...ONCE, ...(typeof given === 'number' ? { count: given } : given) };
  if (!Number.isSafeInteger(count) || count < 1) {
    throw new StudyError('BAD_OPTION', `repeats must be a whole number of at least 1, got ${count}`);
  }
  if (aggregate !== 'mean' && aggregate !== 'median') {
    throw new StudyError(
      'BAD_OPTION',
      `repeats are aggregated by 'mean' or 'median', got ${JSON.stringify(aggregate)}`,
    );
  }
  return Object.freeze({ count, aggregate });
}
