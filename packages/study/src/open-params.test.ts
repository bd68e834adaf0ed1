import { createRng } from '@assay/sampler';
import { activeParameters, choice, float, int, ordered, repeat, space, validateValues } from '@assay/space';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { fillOpen, requirePartial } from './open-params.js';

const { parameters } = space({
  lr: float(1e-5, 1, { log: true }),
  batch: ordered([32, 128, 1024]),
  layers: int(1, 3),
  units: repeat('layers', int(4, 64)),
  optimizer: choice({
    adam: {},
    sgd: { momentum: float(0, 0.99), schedule: choice({ constant: {}, step: { every: int(1, 9) } }) },
  }),
});

it('fills what is open with one configuration of the space, keeps what is fixed, and depends on the stream alone', () => {
  fc.assert(
    fc.property(fc.nat(), fc.nat(), fc.subarray([...parameters.keys()]), (seed, other, kept) => {
      const whole = fillOpen(parameters, {}, createRng(seed));
      validateValues(parameters, whole);
      const names = kept.map((index) => parameters[index]!.name).filter((name) => Object.hasOwn(whole, name));
      const fixed = Object.fromEntries(names.map((name) => [name, whole[name]!]));
      const isRooted =
        activeParameters(parameters, fixed).filter(({ name }) => names.includes(name)).length === names.length;
      if (!isRooted) {
        expect(() => requirePartial(parameters, fixed)).toThrow('has a value only if');
        return;
      }
      requirePartial(parameters, fixed);
      const filled = fillOpen(parameters, fixed, createRng(other));
      validateValues(parameters, filled);
      expect(filled).toMatchObject(fixed);
      expect(fillOpen(parameters, fixed, createRng(other))).toEqual(filled);
    }),
    { seed: 1, numRuns: 300 },
  );
});

it('draws uniformly in model units', () => {
  // Kolmogorov's distance D of n draws: P(D > sqrt(ln(2/a) / 2n)) <= a (DKW); a = 1e-6.
  const n = 4_000;
  const bound = Math.sqrt(Math.log(2 / 1e-6) / (2 * n));
  const lrs = Array.from({ length: n }, (_, key) => fillOpen(parameters, {}, createRng(3).fork(key)).lr as number);
  const distance = (us: readonly number[]) => {
    const sorted = [...us].sort((a, b) => a - b);
    return Math.max(...sorted.map((u, i) => Math.max(u - i / n, (i + 1) / n - u)));
  };
  expect(distance(lrs.map((lr) => 1 + Math.log10(lr) / 5))).toBeLessThan(bound);
  expect(distance(lrs)).toBeGreaterThan(bound); // uniform on the plain scale is something else
});
