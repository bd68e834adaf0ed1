import { createRng, type Rng } from '@assay/sampler';
import { categorical, choice, float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import type { AnalysedTrial } from '../analysed-trial.js';
import { importanceOf, interactionsOf } from '../importance/importance-of.js';
import { completeTrial, randomStudy } from '../importance/random-study.test.kit.js';

type Values = Record<string, number | string>;

function study(count: number, draw: (rng: Rng) => Values, value: (params: Values) => number): readonly AnalysedTrial[] {
  const rng = createRng(11);
  return Array.from({ length: count }, (_, number) => {
    const params = draw(rng.fork(number));
    return completeTrial(number, params, value(params));
  });
}

function shares(
  declaration: Parameters<typeof space>[0],
  trials: readonly AnalysedTrial[],
  seed = 1,
): Record<string, number> {
  const found = importanceOf(space(declaration).parameters, trials, ['minimize'], {
    evaluator: 'fanova',
    rng: createRng(seed),
  });
  return Object.fromEntries(found.map(({ name, importance }) => [name, importance]));
}

// Shares of the variance worked out by hand for parameters drawn evenly; a forest on so many trials comes this near.
const NEAR = 0.04;

describe('fanova finds the known shares of', () => {
  it('a sum: 2x + y + 0z has variances 4, 1 and 0 (in twelfths)', () => {
    const trials = study(
      600,
      (rng) => ({ x: rng.next(), y: rng.next(), z: rng.next() }),
      ({ x, y }) => 2 * Number(x) + Number(y),
    );
    const { x, y, z } = shares({ x: float(0, 1), y: float(0, 1), z: float(0, 1) }, trials);
    expect(Math.abs(x! - 0.8)).toBeLessThan(NEAR);
    expect(Math.abs(y! - 0.2)).toBeLessThan(NEAR);
    expect(z!).toBeLessThan(0.02);
  });

  it('two halves: of a log range the lower half of its logarithms, of categories two of four', () => {
    const trials = study(
      600,
      (rng) => ({ lr: 10 ** (-4 * rng.next()), c: 'abcd'[Math.floor(4 * rng.next())]! }),
      ({ lr, c }) => Number(Number(lr) < 0.01) + Number(c === 'a' || c === 'b'),
    );
    // On the plain axis the lower half of the logarithms is a hundredth of the range, and would weigh 0.04 against 0.96.
    const { lr, c } = shares({ lr: float(1e-4, 1, { log: true }), c: categorical(['a', 'b', 'c', 'd']) }, trials);
    expect(Math.abs(lr! - 0.5)).toBeLessThan(NEAR);
    expect(Math.abs(c! - 0.5)).toBeLessThan(NEAR);
  });

  it('whole numbers: the first and the last of 1, 2, 3 weigh like the second', () => {
    const trials = study(
      600,
      (rng) => ({ n: 1 + Math.floor(3 * rng.next()), x: rng.next() }),
      ({ n, x }) => 3 * Number(n === 1) + 3 * Number(Number(x) < 1 / 3),
    );
    const { n, x } = shares({ n: int(1, 3), x: float(0, 1) }, trials);
    expect(Math.abs(n! - 0.5)).toBeLessThan(NEAR);
    expect(Math.abs(x! - 0.5)).toBeLessThan(NEAR);
  });

  it('a branch: x in b, 0 in a. By branch 0 and 1/2: variance 1/16. By x: x/2, variance 1/48. Three to one', () => {
    const trials = study(
      600,
      (rng) => (rng.next() < 0.5 ? { o: 'a' } : { o: 'b', 'o.b.x': rng.next() }),
      ({ o, 'o.b.x': x }) => (o === 'b' ? Number(x) : 0),
    );
    const found = shares({ o: choice({ a: {}, b: { x: float(0, 1) } }) }, trials);
    expect(Math.abs(found.o! - 0.75)).toBeLessThan(NEAR);
    expect(Math.abs(found['o.b.x']! - 0.25)).toBeLessThan(NEAR);
  });
});

describe('interactions', () => {
  const unit = { x: float(0, 1), y: float(0, 1) };
  const xy = (rng: Rng) => ({ x: rng.next(), y: rng.next() });
  const flag = { u: categorical([0, 1]), v: categorical([0, 1]), w: categorical([0, 1]) };
  const uvw = (rng: Rng) => ({
    u: Math.floor(2 * rng.next()),
    v: Math.floor(2 * rng.next()),
    w: Math.floor(2 * rng.next()),
  });
  const of = (declaration: Parameters<typeof space>[0], trials: readonly AnalysedTrial[]) => {
    const found = interactionsOf(space(declaration).parameters, trials, ['minimize'], { rng: createRng(1) });
    const pairs = found.pairs.map(({ names, importance }) => [names.join(), importance] as const);
    const alone = found.alone.map(({ name, importance }) => [name, importance] as const);
    return { ...Object.fromEntries([...alone, ...pairs]), others: found.others } as Record<string, number>;
  };

  it.each([
    {
      name: 'a sum has none',
      declaration: unit,
      draw: xy,
      value: ({ x, y }: Values) => Number(x) + Number(y),
      expected: { x: 1 / 2, y: 1 / 2, 'x,y': 0, others: 0 },
    },
    {
      // E = 1/4. Alone x / 2: 1/48. In all 1/9 - 1/16 = 7/144, of which 3, 3 and 1 in 7.
      name: 'of a product',
      declaration: unit,
      draw: xy,
      value: ({ x, y }: Values) => Number(x) * Number(y),
      expected: { x: 3 / 7, y: 3 / 7, 'x,y': 1 / 7, others: 0 },
    },
    {
      name: 'of one or the other',
      declaration: flag,
      draw: uvw,
      value: ({ u, w }: Values) => (Number(u) + Number(w)) % 2,
      expected: { u: 0, v: 0, w: 0, 'u,v': 0, 'v,w': 0, 'u,w': 1, others: 0 },
    },
    {
      name: 'of three that matter only together',
      declaration: flag,
      draw: uvw,
      value: ({ u, v, w }: Values) => (Number(u) + Number(v) + Number(w)) % 2,
      expected: { u: 0, v: 0, w: 0, 'u,v': 0, 'u,w': 0, 'v,w': 0, others: 1 },
    },
  ])('$name', ({ declaration, draw, value, expected }) => {
    const found = of(declaration, study(600, draw, value));
    expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
    for (const [name, share] of Object.entries(expected))
      expect(Math.abs(found[name]! - share), name).toBeLessThan(NEAR);
  });

  it('are shares of the whole, largest first; alone, parameters stand to each other as without pairs', () => {
    const { space: everything, trials, directions } = randomStudy(3, 80, 2);
    const options = { rng: createRng(1), trees: 8 };
    const { alone, pairs, others } = interactionsOf(everything, trials, directions, options);
    const shares = [...alone, ...pairs].map(({ importance }) => importance);
    expect(shares.reduce((sum, share) => sum + share, others)).toBeCloseTo(1, 12);
    expect(Math.min(...shares, others)).toBeGreaterThanOrEqual(0);
    expect(pairs.map(({ importance }) => importance)).toEqual(
      pairs.map(({ importance }) => importance).toSorted((a, b) => b - a),
    );
    const sum = alone.reduce((all, { importance }) => all + importance, 0);
    const scaled = alone.map(({ name, importance }) => ({ name, importance: expect.closeTo(importance / sum, 12) }));
    expect(importanceOf(everything, trials, directions, { evaluator: 'fanova', ...options })).toEqual(scaled);
    expect(alone.find(({ name }) => name === 'pinned')!.importance).toBe(0);
    expect(pairs.some(({ names }) => names.includes('pinned'))).toBe(false);
    expect(pairs).toHaveLength(((alone.length - 1) * (alone.length - 2)) / 2);
  });

  it.each([
    { name: 'no trial', count: 0 },
    { name: 'one trial', count: 1 },
    { name: 'equal values', count: 9 },
  ])('are none where nothing can be told: $name', ({ count }) => {
    const found = of(
      unit,
      study(count, xy, () => 5),
    );
    expect(Object.values(found).every((share) => share === 0)).toBe(true);
  });
});

describe('fanova', () => {
  const { space: everything, trials: drawn, directions } = randomStudy(3, 80, 2);
  const trials = drawn.filter(({ values }) => values.every(Number.isFinite));
  const of = (seed: number, objective?: number) =>
    importanceOf(everything, trials, directions, {
      evaluator: 'fanova',
      rng: createRng(seed),
      trees: 8,
      ...(objective === undefined ? {} : { objective }),
    });

  it('gives the same for the same random numbers, and others for others', () => {
    expect(of(1)).toEqual(of(1));
    expect(of(1)).not.toEqual(of(2));
  });

  it('leaves out nothing that a trial has: sums to 1, with 0 for a single value', () => {
    const found = of(1);
    expect(found.map(({ name }) => name).toSorted()).toEqual(everything.map(({ name }) => name).toSorted());
    expect(found.reduce((sum, { importance }) => sum + importance, 0)).toBeCloseTo(1, 12);
    expect(found.find(({ name }) => name === 'pinned')!.importance).toBe(0);
  });

  it('lies between the objectives where it looks at all of them', () => {
    const importances = (objective?: number) => new Map(of(1, objective).map((it) => [it.name, it.importance]));
    const [all, first, second] = [importances(), importances(0), importances(1)];
    expect(first).not.toEqual(second);
    for (const { name } of everything) {
      const [low, high] = [first.get(name)!, second.get(name)!].toSorted((a, b) => a - b);
      expect(all.get(name)).toBeGreaterThanOrEqual(low! - 1e-12);
      expect(all.get(name)).toBeLessThanOrEqual(high! + 1e-12);
    }
  });

  it.each([
    { name: 'no trial', some: [] },
    { name: 'one trial', some: trials.slice(0, 1) },
    { name: 'equal values', some: trials.map((trial) => ({ ...trial, values: [2, 2] })) },
  ])('is equal for all where nothing can be told: $name', ({ some }) => {
    const found = importanceOf(everything, some, directions, { evaluator: 'fanova', rng: createRng(1), trees: 4 });
    expect(new Set(found.map(({ importance }) => importance)).size).toBe(found.length === 0 ? 0 : 1);
  });

  it.each([0, 1.5, Number.NaN])('refuses %d trees', (trees) => {
    const options = { evaluator: 'fanova', rng: createRng(1), trees } as const;
    for (const refused of [importanceOf, interactionsOf]) {
      expect(() => refused(everything, trials, directions, options)).toThrow(
        expect.objectContaining({ code: 'BAD_OPTION' }),
      );
    }
  });
});
