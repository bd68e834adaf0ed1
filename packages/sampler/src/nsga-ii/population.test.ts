import { float, space } from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { complete, contextOf } from '../contexts.test.kit.js';
import { dominates } from '../pareto/dominance.js';
import type { Observation, SamplerContext } from '../sampler.js';
import { populationAfter, survivors } from './population.js';

const two = { directions: ['minimize', 'minimize'], reportedObjective: 0 } as const;
const numbers = (trials: readonly Observation[]): readonly number[] =>
  trials.map(({ number }) => number).sort((a, b) => a - b);
const broken = (trial: Observation, violation: number): Observation => ({ ...trial, constraints: [violation] });
const stopped = (number: number, step: number): Observation => ({
  ...complete(number, {}),
  state: 'pruned',
  reports: [{ step, value: 1 }],
});

describe('survivors', () => {
  const trials = [
    broken(complete(0, {}, 0, 0), 2),
    broken(complete(1, {}, 9, 9), 1),
    complete(2, {}, 5, 5),
    stopped(3, 8),
    complete(4, {}, 1, 3),
    complete(5, {}, 2.5, 2.5), // dominated by none, but dominates little beside its neighbours
    complete(6, {}, 3, 1),
    stopped(7, 9),
    complete(8, {}, 2, 2.6),
  ];
  it.each([
    { size: 9, left: [0, 1, 2, 3, 4, 5, 6, 7, 8], leaves: 'nobody' },
    { size: 8, left: [1, 2, 3, 4, 5, 6, 7, 8], leaves: 'the one that violates most' },
    { size: 7, left: [2, 3, 4, 5, 6, 7, 8], leaves: 'all that violate a constraint' },
    { size: 6, left: [2, 4, 5, 6, 7, 8], leaves: 'the one pruned earlier' },
    { size: 4, left: [4, 5, 6, 8], leaves: 'the one that is dominated' },
    { size: 3, left: [4, 6, 8], leaves: 'the one that adds least to the volume' },
  ])('of which $leaves leaves at size $size', ({ size, left }) => {
    expect(numbers(survivors(trials, two, size))).toEqual(left);
  });

  it('of two that violate alike is the one of the better first value, whichever objective is reported', () => {
    const alike = [broken(complete(0, {}, 2, 5), 1), broken(complete(1, {}, 1, 5), 1)];
    const other = { directions: ['minimize', 'maximize'], reportedObjective: 1 } as const;
    expect(numbers(survivors(alike, other, 1))).toEqual([1]);
  });

  it('of one objective are the best', () => {
    const values = [3, 1, Number.NaN, 2, 1].map((value, number) => complete(number, {}, value));
    const one = { directions: ['minimize'], reportedObjective: 0 } as const;
    expect(numbers(survivors(values, one, 3))).toEqual([1, 3, 4]);
  });
});

describe('survivors of any trials', () => {
  const anyTrials = fc
    .array(
      fc.record({
        kind: fc.constantFrom('feasible', 'feasible', 'pruned', 'infeasible'),
        a: fc.nat(6),
        b: fc.nat(6),
        excess: fc.integer({ min: 1, max: 9 }),
      }),
      { minLength: 1, maxLength: 14 },
    )
    .map((list) =>
      list.map(({ kind, a, b, excess }, number) => {
        if (kind === 'pruned') return stopped(number, excess);
        const trial = complete(number, {}, a, b);
        return kind === 'feasible' ? trial : broken(trial, excess);
      }),
    );
  const isFeasible = ({ state, constraints }: Observation): boolean =>
    state === 'complete' && constraints.every((value) => value <= 0);
  const isBroken = ({ constraints }: Observation): boolean => constraints.some((value) => value > 0);

  /** How many fronts must go before the trial is dominated by none. */
  function frontOf(trial: Observation, others: readonly Observation[]): number {
    const above = others.filter(({ values }) => dominates(values, trial.values));
    return above.length === 0 ? 0 : 1 + Math.max(...above.map((other) => frontOf(other, above)));
  }

  it('are feasible before pruned before infeasible ones; fronts go whole, the worst violation first', () => {
    fc.assert(
      fc.property(anyTrials, fc.integer({ min: 1, max: 14 }), (trials, size) => {
        const left = survivors(trials, two, size);
        expect(left).toHaveLength(Math.min(size, trials.length));
        expect(new Set(left).size).toBe(left.length);
        const gone = trials.filter((trial) => !left.includes(trial));
        const feasible = trials.filter(isFeasible);
        if (gone.some(isFeasible)) expect(left.every(isFeasible)).toBe(true);
        if (gone.some((trial) => !isBroken(trial))) expect(left.some(isBroken)).toBe(false);
        const fronts = (of: readonly Observation[]) => of.filter(isFeasible).map((trial) => frontOf(trial, feasible));
        expect(Math.max(-1, ...fronts(left))).toBeLessThanOrEqual(Math.min(Infinity, ...fronts(gone)));
        const violations = (of: readonly Observation[]) =>
          of.filter(isBroken).map(({ constraints }) => constraints[0]!);
        expect(Math.max(0, ...violations(left))).toBeLessThanOrEqual(Math.min(Infinity, ...violations(gone)));
        const stops = (of: readonly Observation[]) => of.flatMap(({ reports }) => reports.map(({ step }) => step));
        expect(Math.min(Infinity, ...stops(left))).toBeGreaterThanOrEqual(Math.max(0, ...stops(gone)));
      }),
      { seed: 1, numRuns: 500 },
    );
  });
});

describe('populationAfter', () => {
  const plane = space({ x: float(0, 1) }).parameters;
  const history = Array.from({ length: 40 }, (_, i) => complete(i, {}, (i * 17) % 40, (i * 23) % 40));
  const context: SamplerContext = contextOf(plane, { ...two, history });

  it('is what is left when the trials come one by one', () => {
    let expected: readonly Observation[] = [];
    for (const trial of history) expected = survivors([...expected, trial], two, 6);
    expect(populationAfter(context, 6).trials).toEqual(expected);
  });

  it('does not depend on what was asked before, nor on the order in which trials are given', () => {
    const first = numbers(populationAfter(context, 6).trials);
    populationAfter({ ...context, history: history.slice(5) }, 6);
    populationAfter(context, 3);
    populationAfter({ ...context, directions: ['maximize', 'minimize'] }, 6);
    expect(numbers(populationAfter(context, 6).trials)).toEqual(first);
    const copy = structuredClone(history).reverse();
    expect(numbers(populationAfter({ ...context, history: copy }, 6).trials)).toEqual(first);
  });
});
