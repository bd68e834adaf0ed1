import { createRng } from '@assay/sampler';
import { contains, type Distribution, type Scalar } from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { importanceOf } from './importance-of.js';
import { observedSpace } from './observed-space.js';
import { completeTrial } from './random-study.test.kit.js';

const cases: readonly { name: string; values: readonly Scalar[]; distribution: Distribution }[] = [
  {
    name: 'real numbers',
    values: [0.5, -2, 3],
    distribution: { kind: 'float', low: -2, high: 3, log: false, step: null },
  },
  {
    name: 'whole numbers',
    values: [16, 64, 32, 16],
    distribution: { kind: 'int', low: 16, high: 64, log: false, step: 1 },
  },
  { name: 'a single number', values: [7, 7], distribution: { kind: 'int', low: 7, high: 7, log: false, step: 1 } },
  {
    name: 'numbers over many decades are not taken for logarithmic',
    values: [1e-6, 0.1, 1e-3],
    distribution: { kind: 'float', low: 1e-6, high: 0.1, log: false, step: null },
  },
  {
    name: 'numbers too large to count',
    values: [1, 1e300],
    distribution: { kind: 'float', low: 1, high: 1e300, log: false, step: null },
  },
  { name: 'text', values: ['b', 'a', 'b'], distribution: { kind: 'categorical', choices: ['b', 'a'] } },
  { name: 'yes and no', values: [true, false], distribution: { kind: 'categorical', choices: [true, false] } },
  { name: 'a number or none', values: [3, null], distribution: { kind: 'categorical', choices: [3, null] } },
];

describe('observedSpace', () => {
  it.each(cases)('of $name', ({ values, distribution }) => {
    expect(observedSpace(values.map((p) => ({ params: { p } })))).toEqual([
      { name: 'p', distribution, condition: null },
    ]);
  });

  it('has each parameter that any trial has, in the order in which they come', () => {
    const trials = [{ params: { b: 1 } }, { params: {} }, { params: { a: 'x', b: 2 } }];
    expect(observedSpace(trials).map(({ name }) => name)).toEqual(['b', 'a']);
    expect(observedSpace([])).toEqual([]);
  });

  it('contains every value that it was made from', () => {
    const value = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer(),
      fc.string(),
      fc.boolean(),
    );
    fc.assert(
      fc.property(fc.array(value, { minLength: 1 }), (values) => {
        const [{ distribution } = { distribution: null }] = observedSpace(values.map((p) => ({ params: { p } })));
        expect(values.every((each) => contains(distribution!, each))).toBe(true);
      }),
    );
  });

  it.each(['ped-anova', 'fanova'] as const)('tells what matters, also below a branch (%s)', (evaluator) => {
    const trials = Array.from({ length: 200 }, (_, i) => {
      const [x, y] = [(i * 0.618) % 1, (i * 0.414) % 1];
      return i % 2 === 0 ? completeTrial(i, { o: 'a', y }, 1) : completeTrial(i, { o: 'b', y, 'o.b.x': x }, x);
    });
    const options = evaluator === 'fanova' ? ({ evaluator, rng: createRng(1) } as const) : ({ evaluator } as const);
    const found = importanceOf(observedSpace(trials), trials, ['minimize'], options);
    expect(found.map(({ name }) => name).at(-1)).toBe('y');
    expect(found.at(-1)!.importance).toBeLessThan(0.05);
  });
});
