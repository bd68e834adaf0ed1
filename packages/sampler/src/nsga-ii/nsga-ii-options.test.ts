import { expect, it } from 'vitest';
import { NSGA_II_DEFAULTS, resolveNsgaIIOptions } from './nsga-ii-options.js';

it('a population is 20 unless another is given, and never changes afterwards', () => {
  expect(resolveNsgaIIOptions({})).toEqual({ population: 20 });
  expect(resolveNsgaIIOptions({ population: 2 })).toEqual({ population: 2 });
  expect(Object.isFrozen(resolveNsgaIIOptions({}))).toBe(true);
  expect(NSGA_II_DEFAULTS).toEqual({ population: 20 });
});

it.each([1, 0, -3, 2.5, Number.NaN, Infinity, '20' as unknown as number])('%s are no population', (population) => {
  expect(() => resolveNsgaIIOptions({ population })).toThrow(expect.objectContaining({ code: 'BAD_OPTION' }));
});

it('an option that there is not is refused by name', () => {
  expect(() => resolveNsgaIIOptions({ populaton: 5 } as never)).toThrow(
    expect.objectContaining({ code: 'UNKNOWN_OPTION', message: expect.stringContaining('populaton') }),
  );
});
