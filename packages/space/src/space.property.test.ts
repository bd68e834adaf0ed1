import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isActive } from './activity.js';
import { anyDistribution } from './any-distribution.js';
import type { Declaration, Group } from './declaration.js';
import type { Distribution, ParamValues, Scalar } from './distribution.js';
import { cardinality, contains } from './membership.js';
import { fromModel, modelRange, toModel } from './model-units.js';
import { decodeDistribution, decodeValue, encodeDistribution, encodeValue } from './optuna-distribution.js';
import { parseSearchSpace } from './parse-search-space.js';
import { type Space, space } from './space.js';
import { validateValues } from './validate-values.js';

const anyKey = fc.constantFrom('a', 'b', 'lr', 'kind', 'constructor', 'toString', '0', 'größe', 'with space');
const anyBranchName = fc.constantFrom('adam', 'sgd', 'kind', '1', 'hasOwnProperty');

/** Groups of groups, choices and repeats, two or three deep; a repeat always brings its count. */
const { group: anyGroup } = fc.letrec<{ group: Group; branch: Group; declaration: Declaration }>((tie) => ({
  declaration: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    anyDistribution,
    tie('group'),
    fc
      .dictionary(anyBranchName, tie('branch'), { minKeys: 1, maxKeys: 3 })
      .map((branches) => ({ kind: 'choice' as const, branches })),
  ),
  branch: tie('group').map(({ kind: _, ...rest }) => rest),
  group: fc
    .record({
      plain: fc.dictionary(anyKey, tie('declaration'), { maxKeys: 3 }),
      count: fc.option(fc.record({ low: fc.nat(2), span: fc.nat(2) }), { nil: undefined }),
      element: fc.oneof(anyDistribution, tie('group')),
    })
    .map(({ plain, count, element }): Group => {
      if (count === undefined) return plain;
      const n: Distribution = { kind: 'int', low: count.low, high: count.low + count.span, log: false, step: 1 };
      return { ...plain, items: { kind: 'repeat', count: 'n', element: element as Group }, n };
    }),
}));

/** Groups whose shape is known only here; their static type would be an endless recursion. */
const declare = space as unknown as (group: Group) => Space<unknown>;

/** A configuration: every active parameter takes the value nearest to a random point of its model range. */
function valuesFrom(parameters: Space<unknown>['parameters'], points: Iterator<number>): ParamValues {
  const values: Record<string, Scalar> = {};
  for (const parameter of parameters) {
    if (!isActive(parameter, values)) continue;
    const { low, high } = modelRange(parameter.distribution);
    values[parameter.name] = fromModel(parameter.distribution, low + (high - low) * points.next().value);
  }
  return values;
}

const anyPoints = fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true }));

it('encode is the inverse of decode', () => {
  fc.assert(
    fc.property(anyGroup, anyPoints, (group, points) => {
      const declared = declare(group);
      const values = valuesFrom(declared.parameters, points);
      expect(declared.encode(declared.decode(values))).toEqual(values);
    }),
    { numRuns: 500 },
  );
});

it('a configuration with one value taken away, added or put out of range is refused', () => {
  fc.assert(
    fc.property(anyGroup, anyPoints, fc.nat(), (group, points, pick) => {
      const { parameters } = declare(group);
      const values = valuesFrom(parameters, points);
      expect(() => validateValues(parameters, { ...values, stray: 1 })).toThrow("'stray'");
      fc.pre(parameters.length > 0);
      const { name, distribution } = parameters[pick % parameters.length]!;
      fc.pre(Object.hasOwn(values, name));
      const { [name]: _, ...others } = values;
      expect(() => validateValues(parameters, others)).toThrow(`'${name}' has no value`);
      expect(contains(distribution, 'no such value')).toBe(false);
      expect(() => validateValues(parameters, { ...values, [name]: 'no such value' })).toThrow(`'${name}'`);
    }),
  );
});

it('a stored space is read back as it was', () => {
  fc.assert(
    fc.property(anyGroup, (group) => {
      const { parameters } = declare(group);
      expect(parseSearchSpace(JSON.parse(JSON.stringify(parameters)))).toEqual(parameters);
    }),
  );
});

it("a distribution is read back from Optuna's JSON as it was, an ordered one as its positions", () => {
  fc.assert(
    fc.property(anyDistribution, (declared) => {
      const distribution = declare({ x: declared }).parameters[0]!.distribution;
      const asStored =
        distribution.kind === 'ordered'
          ? { kind: 'int', low: 0, high: distribution.values.length - 1, log: false, step: 1 }
          : distribution;
      expect(decodeDistribution(encodeDistribution(distribution))).toEqual(asStored);
    }),
    { numRuns: 500 },
  );
});

it('a value survives storing, and model units up to the rounding of log and exp', () => {
  fc.assert(
    fc.property(anyDistribution, fc.double({ min: 0, max: 1, noNaN: true }), (declared, point) => {
      const distribution = declare({ x: declared }).parameters[0]!.distribution;
      const { low, high } = modelRange(distribution);
      const value = fromModel(distribution, low + (high - low) * point);
      expect(contains(distribution, value)).toBe(true);
      expect(decodeValue(distribution, encodeValue(distribution, value))).toBe(value);
      const again = fromModel(distribution, toModel(distribution, value));
      if (distribution.kind === 'float' && distribution.log) {
        expect(Math.abs((again as number) / (value as number) - 1)).toBeLessThan(1e-12);
      } else {
        expect(again).toBe(value);
      }
    }),
    { numRuns: 500 },
  );
});

it('a lowered high is the last whole step: on the grid, less than one step below the declared high', () => {
  fc.assert(
    fc.property(
      fc.integer(),
      fc.nat(10_000),
      fc.integer({ min: 1, max: 999 }),
      fc.nat(6),
      (low, span, step, places) => {
        const scaled = (digits: number): number => Number(`${digits}e-${places}`);
        const range = { low: scaled(low), high: scaled(low + span), step: scaled(step) };
        const { distribution } = declare({ x: { kind: 'float', log: false, ...range } }).parameters[0]!;
        // In units of 10^-places everything is a whole number, where the remainder is exact.
        expect((distribution as { high: number }).high).toBe(scaled(low + span - (span % step)));
        expect(cardinality(distribution)).toBe(Math.floor(span / step) + 1);
      },
    ),
    { numRuns: 1000 },
  );
});
