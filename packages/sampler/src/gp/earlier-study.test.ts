import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, pointOf } from '../axis.js';
import { complete, randomTrials } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { type EarlierStudy, earlierStudy } from './earlier-study.js';
import { expectClose, numericGradient } from './example.test.kit.js';
import { designOf, featuresOf } from './features.js';
import { Posterior } from './posterior.js';

const { parameters } = space({ x: float(0, 1), y: float(0, 1) });
const axes = axesOf(parameters);
const features = featuresOf(axes);
const wave = (x: number, y: number): number => Math.sin(5 * x) + y;
const trials = randomTrials(parameters, 40, ({ x, y }) => 100 + 7 * wave(x as number, y as number));

const learn = (prior: readonly Observation[]): EarlierStudy | null =>
  earlierStudy(prior, parameters, features, ['minimize'], [1]);

/** What this study's model believes in a corner without trials, when its own ones are these. */
function beliefIn(corner: readonly number[], own: readonly Observation[]): number {
  const { trend } = learn(trials)!;
  const design = designOf(
    features,
    own.map(({ params }) => pointOf(axes, params)),
  );
  const theta = Float64Array.of(-1, -1, Math.log(1e-4));
  const posterior = new Posterior(
    design,
    trend,
    theta,
    Float64Array.from(own, ({ values }) => values[0]!),
  );
  posterior.moveTo(Float64Array.from(corner));
  return posterior.mean;
}

describe('earlierStudy', () => {
  it('gives its trials, the best first', () => {
    const { best } = learn(trials)!;
    const losses = best.map(({ loss }) => loss);
    expect(losses).toEqual([...losses].sort((a, b) => a - b));
    expect(best).toHaveLength(40);
  });

  it('puts those last that break a constraint, however low their loss', () => {
    const constrained = trials.map((trial, i) => ({ ...trial, constraints: [i % 2 === 0 ? 1 : 0] }));
    const order = learn(constrained)!.best.map(({ trial }) => trial);
    expect(order.map(({ constraints }) => constraints[0])).toEqual([
      ...new Array(20).fill(0),
      ...new Array(20).fill(1),
    ]);
    expect(order[0]!.values[0]).toBe(Math.min(...constrained.filter((_, i) => i % 2 === 1).map((t) => t.values[0]!)));
  });

  it('adds its expectation, standardised, to the trend', () => {
    const { trend } = learn(trials)!;
    const at = (x: Float64Array): number => {
      const values = new Float64Array(trend.count);
      trend.write(x, values);
      return values[1]!;
    };
    expect(trend.count).toBe(2);
    const better = at(Float64Array.of(0.94, 0)); // sin(5 x) is least there
    const worse = at(Float64Array.of(0.31, 1));
    expect(worse - better).toBeGreaterThan(2);

    const place = Float64Array.of(0.4, 0.6);
    const slope = numericGradient(at, place);
    trend.write(place, new Float64Array(2));
    const own = Float64Array.of(1, 1);
    trend.addSlopes(Float64Array.of(9, 3), own);
    expectClose(own, Float64Array.of(1 + 3 * slope[0]!, 1 + 3 * slope[1]!), 1e-5);
  });

  const west = randomTrials(parameters, 40).filter(({ params }) => (params.x as number) < 0.4);
  const valued = (value: (x: number, y: number) => number): readonly Observation[] =>
    west.map(({ params }, i) => complete(i, params, value(params.x as number, params.y as number)));

  it('is followed where this study agrees with it, in whatever unit', () => {
    const east = beliefIn(
      [0.94, 0.5],
      valued((x, y) => 3 * wave(x, y)),
    );
    const middle = beliefIn(
      [0.5, 0.5],
      valued((x, y) => 3 * wave(x, y)),
    );
    expect(east).toBeLessThan(middle - 1);
  });

  it('is not followed where this study knows better', () => {
    const unlike = valued((x, y) => Math.cos(9 * y + x));
    expect(Math.abs(beliefIn([0.94, 0.5], unlike) - beliefIn([0.5, 0.5], unlike))).toBeLessThan(0.5);
  });

  it('is remembered for the same trials, and learnt anew for others', () => {
    const first = learn(trials);
    expect(learn([...trials])).toBe(first);
    expect(learn(trials.slice(1))).not.toBe(first);
    expect(earlierStudy(trials, parameters, features, ['maximize'], [1])!.best).toEqual(
      [...first!.best].reverse().map(({ trial, loss }) => ({ trial, loss: -loss })),
    );
  });

  it.each([0, 4])('needs more than %i trials', (count) => {
    expect(learn(trials.slice(0, count))).toBeNull();
  });
});
