import { choice, float, int, SpaceError, space } from '@assay/space';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { defineStudy } from './define-study.js';

const bowl = space({ x: float(-5, 5), layers: int(1, 3) });
const objective = () => 0;

describe('what a declaration leaves out', () => {
  it('is one objective called value, to minimize', () => {
    expect(defineStudy({ name: 'bowl', space: bowl, objective })).toEqual({
      name: 'bowl',
      space: bowl,
      objective,
      directions: ['minimize'],
      metrics: ['value'],
    });
  });

  it('is taken from one direction and one metric', () => {
    const spec = defineStudy({ name: 'bowl', space: bowl, objective, direction: 'maximize', metric: 'r2' });
    expect(spec).toMatchObject({ directions: ['maximize'], metrics: ['r2'] });
    expect(spec).not.toHaveProperty('direction');
    expect(spec).not.toHaveProperty('metric');
  });

  it('is nothing where there are several objectives', () => {
    const several = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;
    expect(defineStudy({ name: 'bowl', space: bowl, objective, ...several })).toMatchObject(several);
  });
});

it.each(['taxi', 'taxi-2', 'taxi_fare.v1', '7'])('takes the name %j', (name) => {
  expect(defineStudy({ name, space: bowl, objective }).name).toBe(name);
});

it.each(['', 'two words', 'taxi@17', 'a/b', 'taxi\n', 'fähre'])('refuses the name %j', (name) => {
  expect(() => defineStudy({ name, space: bowl, objective })).toThrow(TypeError);
});

it.each([
  { directions: ['minimize', 'maximize'], metrics: undefined, message: '2 directions but 1 metrics' },
  { directions: undefined, metrics: ['mae', 'rate'], message: '1 directions but 2 metrics' },
  { directions: ['minimize'], metrics: ['mae', 'rate'], message: '1 directions but 2 metrics' },
] as const)('refuses $message', ({ directions, metrics, message }) => {
  const declared = { ...(directions && { directions }), ...(metrics && { metrics }) };
  expect(() => defineStudy({ name: 'bowl', space: bowl, objective, ...declared })).toThrow(message);
});

it.each([
  { declared: { directions: [], metrics: [] }, message: 'at least one objective' },
  { declared: { direction: 'minimize', directions: ['maximize'] }, message: "Give 'direction' for one objective" },
  { declared: { metric: 'mae', metrics: ['mse'] }, message: "or 'metrics' for several, not both" },
  { declared: { direction: 'down' as 'minimize' }, message: "'minimize' or 'maximize', got 'down'" },
  {
    declared: { directions: ['minimize', 'minimize'], metrics: ['mae', 'mae'] },
    message: "Two metrics are called 'mae'",
  },
  { declared: { metric: 'mae', pruneMetric: 'mse' }, message: "one of the metrics mae, got 'mse'" },
] as const)('refuses $message', ({ declared, message }) => {
  expect(() => defineStudy({ name: 'bowl', space: bowl, objective, ...declared })).toThrow(TypeError);
  expect(() => defineStudy({ name: 'bowl', space: bowl, objective, ...declared })).toThrow(message);
});

it.each([
  { repeats: 3, resolved: { count: 3, aggregate: 'mean' } },
  { repeats: { count: 5, aggregate: 'median' }, resolved: { count: 5, aggregate: 'median' } },
] as const)('resolves $repeats repeats', ({ repeats, resolved }) => {
  expect(defineStudy({ name: 'bowl', space: bowl, objective, repeats }).repeats).toEqual(resolved);
});

it('refuses repeats that are no count', () => {
  expect(() => defineStudy({ name: 'bowl', space: bowl, objective, repeats: 0 })).toThrow('at least 1, got 0');
  // @ts-expect-error only these two aggregate
  expect(() => defineStudy({ name: 'bowl', space: bowl, objective, repeats: { count: 3, aggregate: 'max' } })).toThrow(
    "'mean' or 'median'",
  );
});

it('names the metric to prune by', () => {
  const several = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;
  expect(defineStudy({ name: 'bowl', space: bowl, objective, ...several, pruneMetric: 'rate' }).pruneMetric).toBe(
    'rate',
  );
});

it.each([
  { name: 'inside', defaults: { x: 5, layers: 1 }, code: null },
  { name: 'above', defaults: { x: 5.1, layers: 1 }, code: 'OUT_OF_RANGE' },
  { name: 'between whole numbers', defaults: { x: 0, layers: 1.5 }, code: 'OUT_OF_RANGE' },
])('defaults $name: $code', ({ defaults, code }) => {
  expect(codeOf(() => defineStudy({ name: 'bowl', space: bowl, objective, defaults }))).toBe(code);
});

it('gives the objective the exact type of its parameters and data', () => {
  const optimizer = choice({ adam: {}, sgd: { momentum: float(0, 1) } });
  defineStudy({
    name: 'typed',
    space: space({ x: float(0, 1), optimizer }),
    defaults: { x: 0.5, optimizer: { kind: 'sgd', momentum: 0.9 } },
    prepare: async () => ({ data: { rows: 3 }, facts: {} }),
    objective: ({ params, data, repeat }) => {
      expectTypeOf(repeat).toEqualTypeOf<number>();
      type Optimizer = { readonly kind: 'adam' } | { readonly kind: 'sgd'; readonly momentum: number };
      expectTypeOf(params.x).toEqualTypeOf<number>();
      expectTypeOf(params.optimizer).toEqualTypeOf<Optimizer>();
      expectTypeOf<keyof typeof params>().toEqualTypeOf<'x' | 'optimizer'>();
      expectTypeOf(data).toEqualTypeOf<{ rows: number }>();
      return params.x;
    },
  });
});

it('refuses defaults of another shape, to the compiler and at run time', () => {
  // @ts-expect-error layers is missing
  expect(codeOf(() => defineStudy({ name: 'bowl', space: bowl, objective, defaults: { x: 0 } }))).toBe('MISSING_VALUE');
  // @ts-expect-error x is a number
  const text = () => defineStudy({ name: 'bowl', space: bowl, objective, defaults: { x: '0', layers: 1 } });
  expect(codeOf(text)).toBe('OUT_OF_RANGE');
});

function codeOf(declare: () => unknown): string | null {
  try {
    declare();
    return null;
  } catch (error) {
    if (error instanceof SpaceError) return error.code;
    throw error;
  }
}
