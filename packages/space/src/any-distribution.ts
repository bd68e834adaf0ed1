import fc from 'fast-check';
import type { Distribution, Scalar } from './distribution.js';

const anyBound = fc.oneof(
  fc.double({ min: -1e6, max: 1e6, noNaN: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 }),
  fc.integer({ min: -100, max: 100 }),
);

const anyRange = fc.tuple(anyBound, anyBound).map(([a, b]) => ({ low: Math.min(a, b) + 0, high: Math.max(a, b) + 0 }));

const anyFloat = anyRange.map((range): Distribution => ({ kind: 'float', ...range, log: false, step: null }));

const anyLogFloat = fc
  .tuple(fc.double({ min: -250, max: 250, noNaN: true }), fc.double({ min: 0, max: 50, noNaN: true }))
  .map(
    ([low, span]): Distribution => ({ kind: 'float', low: 10 ** low, high: 10 ** (low + span), log: true, step: null }),
  );

const anySteppedFloat = fc
  .record({
    low: fc.integer({ min: -1e6, max: 1e6 }),
    span: fc.nat(1e6),
    step: fc.integer({ min: 1, max: 5000 }),
    places: fc.nat(8),
  })
  .map(({ low, span, step, places }): Distribution => {
    const scaled = (digits: number): number => Number(`${digits}e-${places}`);
    return { kind: 'float', low: scaled(low), high: scaled(low + span), log: false, step: scaled(step) };
  });

const anyInt = fc
  .record({ low: fc.integer(), span: fc.nat(), step: fc.integer({ min: 1, max: 1000 }) })
  .map(({ low, span, step }): Distribution => ({ kind: 'int', low, high: low + span, log: false, step }));

const anyLogInt = fc
  .record({ low: fc.integer({ min: 1, max: 1e6 }), span: fc.nat(1e6) })
  .map(({ low, span }): Distribution => ({ kind: 'int', low, high: low + span, log: true, step: 1 }));

const anyScalar: fc.Arbitrary<Scalar> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 8 }),
  fc.double({ noNaN: true, noDefaultInfinity: true }).map((x) => x + 0),
  fc.integer(),
  fc.boolean(),
  fc.constant(null),
);

const anyScalars = fc.uniqueArray(anyScalar, {
  minLength: 1,
  maxLength: 6,
  selector: (scalar) => (typeof scalar === 'boolean' ? Number(scalar) : scalar),
});

/** Any valid distribution of any kind; a stepped one may still declare a high that is no whole step away from low. */
export const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  anyFloat,
  anyLogFloat,
  anySteppedFloat,
  anyInt,
  anyLogInt,
  anyScalars.map((choices): Distribution => ({ kind: 'categorical', choices })),
  anyScalars.map((values): Distribution => ({ kind: 'ordered', values })),
);
