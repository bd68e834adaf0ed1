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
