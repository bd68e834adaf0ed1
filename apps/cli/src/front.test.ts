import { describe, expect, it } from 'vitest';
import { bestOf, frontOf, frontSize, noneBest, requireFront, type Searched } from './front.js';
import { trialRecord } from './testing/trial-records.js';

const STORE = 'my.db';
const two: Searched = {
  name: 'two',
  directions: ['minimize', 'maximize'],
  metrics: ['error', 'speed'],
  definition: null,
};
const one: Searched = { name: 'one', directions: ['minimize'], metrics: ['loss'], definition: null };

/** Complete trials 0, 1, 2 ... with these values; a third number is a constraint's. */
const complete = (...rows: readonly number[][]) =>
  rows.map(([error = 0, speed = 0, ...constraints], number) =>
    trialRecord(number, { state: 'complete', values: [error, speed], constraints }),
  );

// 0 and 3 are on the front; 3 beats 1; 2 would beat all, but breaks a constraint
const trials = complete([3, 9], [2, 5], [0, 99, 0.1], [1, 5], [3, 9, 0]);

describe('the best of several objectives', () => {
  it('is the front of feasible trials, the best by the first objective first', () => {
    expect(frontOf(two, trials).map(({ number }) => number)).toEqual([3, 0]);
    expect(frontSize(frontOf(two, trials), trials)).toBe('2 of 5 complete trials on the front, 1 infeasible');
  });

  it.each([
    { metric: 'error', best: 3 },
    { metric: 'speed', best: 0 },
  ])('by $metric is trial $best', ({ metric, best }) => {
    expect(bestOf(two, trials, { metric, store: STORE }).number).toBe(best);
  });

  it('is refused without a metric, naming the front; and for a metric that is not there', () => {
    expect(() => bestOf(two, trials, { store: STORE })).toThrow(
      expect.objectContaining({
        code: 'SEVERAL_BEST',
        message: "Study 'two' has 2 objectives, and no single best trial: its front is trials 0, 3.",
        hint: 'Name one of them, as two@0, or the metric that decides: --metric error',
      }),
    );
    expect(() => bestOf(two, trials, { metric: 'loss', store: STORE })).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringContaining('error, speed') as string }),
    );
  });

  it('is one trial where that beats all', () => {
    expect(bestOf(two, complete([1, 1], [0, 2]), { store: STORE }).number).toBe(1);
  });

  it('names at most ten of a long front', () => {
    const long = complete(...Array.from({ length: 14 }, (_, i) => [i, i]));
    expect(() => bestOf(two, long, { store: STORE })).toThrow(/trials 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 and 4 more\./);
  });
});

describe('no best trial', () => {
  it.each([
    { name: 'nothing complete', trials: [trialRecord(0)], says: 'no complete trial yet' },
    {
      name: 'one infeasible',
      trials: complete([1, 1, 5]),
      says: 'no feasible trial yet: the one that is complete violates a constraint',
    },
    {
      name: 'all infeasible',
      trials: complete([1, 1, 5], [1, 1, 5]),
      says: 'no feasible trial yet: all 2 complete ones violate a constraint',
    },
  ])('$name', ({ trials, says }) => {
    expect(noneBest(trials)).toBe(says);
    const hint = expect.stringContaining(`trials one --store ${STORE}  lists them.`) as string;
    expect(() => requireFront(one, trials, STORE)).toThrow(
      expect.objectContaining({ code: 'NO_FINISHED_TRIAL', hint }),
    );
  });
});

it('takes the earliest of equal trials with one objective', () => {
  const equal = [2, 1, 1].map((loss, number) => trialRecord(number, { state: 'complete', values: [loss] }));
  expect(bestOf(one, equal, { store: STORE }).number).toBe(1);
});
