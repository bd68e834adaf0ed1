import { describe, expect, expectTypeOf, it } from 'vitest';
import { categorical, choice, float, int, ordered, repeat } from './declaration.js';
import { type Infer, space } from './space.js';

const net = space({
  lr: float(1e-4, 1e-1, { log: true }),
  layers: int(1, 2),
  units: repeat('layers', int(16, 256, { log: true })),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
});

describe('the type of a space', () => {
  it('is exact for ranges, repeats and branches', () => {
    expectTypeOf<Infer<typeof net>>().toEqualTypeOf<{
      readonly lr: number;
      readonly layers: number;
      readonly units: readonly number[];
      readonly optimizer: { readonly kind: 'adam' } | { readonly kind: 'sgd'; readonly momentum: number };
    }>();
  });

  it('narrows by kind', () => {
    const { optimizer } = net.decode({ lr: 0.01, layers: 1, 'units[0]': 32, optimizer: 'adam' });
    // @ts-expect-error momentum is known only once kind is 'sgd'
    expect(optimizer.momentum).toBeUndefined();
    if (optimizer.kind === 'sgd') expectTypeOf(optimizer.momentum).toBeNumber();
  });

  it('is exact for literals, groups and nesting', () => {
    const s = space({
      activation: categorical(['relu', 2, null, true]),
      batch: ordered([32, 64, 128]),
      data: { fold: int(0, 4), kind: categorical(['raw', 'clean']) },
      depth: int(0, 3),
      blocks: repeat('depth', {
        n: int(1, 2),
        widths: repeat('n', float(0, 1)),
        norm: choice({ none: {}, batch: {} }),
      }),
    });
    expectTypeOf<Infer<typeof s>>().toEqualTypeOf<{
      readonly activation: 'relu' | 2 | null | true;
      readonly batch: 32 | 64 | 128;
      readonly data: { readonly fold: number; readonly kind: 'raw' | 'clean' };
      readonly depth: number;
      readonly blocks: readonly {
        readonly n: number;
        readonly widths: readonly number[];
        readonly norm: { readonly kind: 'none' } | { readonly kind: 'batch' };
      }[];
    }>();
  });

  it('refuses a repeat without an int parameter beside it', () => {
    // @ts-expect-error no such parameter
    expect(() => space({ layers: int(1, 2), units: repeat('layer', int(1, 2)) })).toThrow("'layer'");
    // @ts-expect-error a float does not count
    expect(() => space({ layers: float(1, 2), units: repeat('layers', int(1, 2)) })).toThrow("'layers'");
    // @ts-expect-error the count stands outside of the branch
    expect(() => space({ n: int(1, 2), o: choice({ a: { xs: repeat('n', int(1, 2)) } }) })).toThrow("'o.a.xs'");
    // @ts-expect-error the count stands outside of the element
    expect(() => space({ n: int(1, 2), xs: repeat('n', { ys: repeat('n', int(1, 2)) }) })).toThrow("'xs[0].ys'");
    // @ts-expect-error the count stands outside of the group
    expect(() => space({ n: int(1, 2), g: { xs: repeat('n', int(1, 2)) } })).toThrow("'g.xs'");
  });
});

const deep = space({
  units: repeat('layers', { width: int(8, 64, { step: 8 }), drop: choice({ off: {}, on: { p: float(0, 1) } }) }),
  layers: int(0, 2),
  mode: { fast: categorical([true, false]) },
});

describe('flat parameters', () => {
  it('stand parents first, in the order of the declaration, a count before its repeat', () => {
    expect(net.parameters.map(({ name, condition }) => [name, condition])).toEqual([
      ['lr', null],
      ['layers', null],
      ['units[0]', { kind: 'above', parent: 'layers', index: 0 }],
      ['units[1]', { kind: 'above', parent: 'layers', index: 1 }],
      ['optimizer', null],
      ['optimizer.sgd.momentum', { kind: 'equals', parent: 'optimizer', value: 'sgd' }],
    ]);
    expect(deep.parameters.map(({ name }) => name)).toEqual([
      'layers',
      'units[0].width',
      'units[0].drop',
      'units[0].drop.on.p',
      'units[1].width',
      'units[1].drop',
      'units[1].drop.on.p',
      'mode.fast',
    ]);
  });

  it('keep the condition of the branch inside plain groups, and add one per level of repeats', () => {
    const s = space({
      model: choice({
        none: {},
        net: { size: { n: int(1, 1) }, m: int(1, 1), xs: repeat('m', { k: int(1, 1), ys: repeat('k', float(0, 1)) }) },
      }),
    });
    const isNet = { kind: 'equals', parent: 'model', value: 'net' };
    expect(s.parameters.slice(1).map(({ name, condition }) => [name, condition])).toEqual([
      ['model.net.size.n', isNet],
      ['model.net.m', isNet],
      ['model.net.xs[0].k', { kind: 'above', parent: 'model.net.m', index: 0 }],
      ['model.net.xs[0].ys[0]', { kind: 'above', parent: 'model.net.xs[0].k', index: 0 }],
    ]);
  });
});

describe('decode and encode', () => {
  it.each([
    {
      flat: { lr: 0.01, layers: 2, 'units[0]': 32, 'units[1]': 16, optimizer: 'adam' },
      tree: { lr: 0.01, layers: 2, units: [32, 16], optimizer: { kind: 'adam' } as const },
    },
    {
      flat: { lr: 0.1, layers: 1, 'units[0]': 256, optimizer: 'sgd', 'optimizer.sgd.momentum': 0.9 },
      tree: { lr: 0.1, layers: 1, units: [256], optimizer: { kind: 'sgd', momentum: 0.9 } as const },
    },
  ])('$flat', ({ flat, tree }) => {
    expect(net.decode(flat)).toEqual(tree);
    expect(net.encode(tree)).toEqual(flat);
  });

  it('handle empty repeats and nested branches', () => {
    expect(deep.decode({ layers: 0, 'mode.fast': true })).toEqual({ layers: 0, units: [], mode: { fast: true } });
    const one = {
      layers: 1,
      'units[0].width': 8,
      'units[0].drop': 'on',
      'units[0].drop.on.p': 0.5,
      'mode.fast': false,
    };
    const tree = deep.decode(one);
    expect(tree.units).toEqual([{ width: 8, drop: { kind: 'on', p: 0.5 } }]);
    expect(deep.encode(tree)).toEqual(one);
  });

  const good = { lr: 0.01, layers: 1, 'units[0]': 32, optimizer: 'adam' };
  it.each([
    {
      name: 'a value too large',
      values: { ...good, lr: 1 },
      code: 'OUT_OF_RANGE',
      says: "'lr' is 1; it takes a number in [0.0001, 0.1]",
    },
    {
      name: 'an unknown branch',
      values: { ...good, optimizer: 'lion' },
      code: 'OUT_OF_RANGE',
      says: `'optimizer' is "lion"; it takes one of "adam", "sgd"`,
    },
    {
      name: 'a missing value',
      values: { ...good, layers: 2 },
      code: 'MISSING_VALUE',
      says: "'units[1]' has no value; it takes a whole number in [16, 256]",
    },
    {
      name: 'a value of another branch',
      values: { ...good, 'optimizer.sgd.momentum': 0 },
      code: 'INACTIVE_PARAMETER',
      says: `only if 'optimizer' is "sgd"`,
    },
    {
      name: 'one element too many',
      values: { ...good, 'units[1]': 32 },
      code: 'INACTIVE_PARAMETER',
      says: "only if 'layers' is above 1",
    },
    {
      name: 'an unknown name',
      values: { ...good, Ir: 0.1 },
      code: 'UNKNOWN_PARAMETER',
      says: "no parameter 'Ir' (got 0.1)",
    },
  ])('decode refuses $name', ({ values, code, says }) => {
    expect(() => net.decode(values)).toThrow(expect.objectContaining({ code }));
    expect(() => net.decode(values)).toThrow(says);
  });

  const tree = { lr: 0.01, layers: 1, units: [32], optimizer: { kind: 'adam' } as const };
  it.each([
    { name: 'a value out of range', params: { ...tree, units: [8] }, code: 'OUT_OF_RANGE', says: "'units[0]' is 8" },
    {
      name: 'too few elements',
      params: { ...tree, units: [] },
      code: 'OUT_OF_RANGE',
      says: "'units' must be an array of 1 elements ('layers'), got 0",
    },
    { name: 'no array', params: { ...tree, units: 32 }, code: 'OUT_OF_RANGE', says: "'units' must be an array" },
    {
      name: 'a branch by name only',
      params: { ...tree, optimizer: 'adam' },
      code: 'MISSING_VALUE',
      says: `'optimizer' must be an object, got "adam"`,
    },
    {
      name: 'an unknown branch',
      params: { ...tree, optimizer: { kind: 'lion' } },
      code: 'OUT_OF_RANGE',
      says: `kind "lion"; it takes one of "adam", "sgd"`,
    },
    {
      name: 'a stray parameter',
      params: { ...tree, optimizer: { kind: 'adam', momentum: 1 } },
      code: 'UNKNOWN_PARAMETER',
      says: "'optimizer.adam.momentum'",
    },
    {
      name: 'a missing parameter',
      params: { layers: 1, units: [32], optimizer: tree.optimizer },
      code: 'MISSING_VALUE',
      says: "'lr' has no value",
    },
    {
      name: 'a missing count',
      params: { lr: 0.01, units: [32], optimizer: tree.optimizer },
      code: 'MISSING_VALUE',
      says: "'layers' has no value",
    },
    { name: 'null', params: null, code: 'MISSING_VALUE', says: 'The parameters must be an object, got null' },
  ])('encode refuses $name', ({ params, code, says }) => {
    expect(() => net.encode(params as never)).toThrow(expect.objectContaining({ code }));
    expect(() => net.encode(params as never)).toThrow(says);
  });
});

describe('space refuses', () => {
  it.each([
    {
      name: 'a bad range, by its flat name',
      make: () => space({ o: choice({ a: { x: float(1, 0) } }) }),
      says: "Parameter 'o.a.x': low must not be above high, got 1 and 0",
    },
    { name: 'a dot in a name', make: () => space({ 'a.b': int(0, 1) }), says: "got 'a.b'" },
    { name: 'a bracket in a name', make: () => space({ 'a[0]': int(0, 1) }), says: "got 'a[0]'" },
    { name: 'an empty name', make: () => space({ '': int(0, 1) }), says: "got ''" },
    { name: 'a dot in a branch', make: () => space({ o: choice({ 'v1.0': {} }) }), says: "got 'v1.0'" },
    { name: '__proto__', make: () => space({ ['__proto__']: int(0, 1) }), says: "got '__proto__'" },
    { name: 'a long name', make: () => space({ ['x'.repeat(513)]: int(0, 1) }), says: 'got 513' },
    { name: 'kind inside a branch', make: () => space({ o: choice({ a: { kind: int(0, 1) } }) }), says: "'o.a.kind'" },
    { name: 'no branches', make: () => space({ o: choice({}) }), says: "Parameter 'o': choices must be" },
    { name: 'a negative count', make: () => space({ n: int(-1, 2), xs: repeat('n', int(0, 1)) }), says: 'got [-1, 2]' },
    {
      name: 'an unbounded count',
      make: () => space({ n: int(0, 1e6), xs: repeat('n', int(0, 1)) }),
      says: 'got [0, 1000000]',
    },
  ])('$name', ({ make, says }) => {
    expect(make).toThrow(expect.objectContaining({ name: 'SpaceError' }));
    expect(make).toThrow(says);
  });
});
