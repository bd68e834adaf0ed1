import { float, type ParamValues, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf, pointOf } from '../axis.js';
import { complete } from '../contexts.test.kit.js';
import type { Observation } from '../sampler.js';
import { featuresOf } from './features.js';
import { buildModel, type GpModel } from './gp-model.js';
import { targetsOf } from './targets.js';
import { CONSTANT_TREND } from './trend.js';

const axes = axesOf(space({ x: float(0, 1), y: float(0, 1) }).parameters);
const GRID = [0.05, 0.35, 0.65, 0.95];

function trialsWith(values: (x: number, y: number) => readonly number[]): readonly Observation[] {
  return GRID.flatMap((x) => GRID.map((y) => ({ x, y }))).map((params, number) => {
    const [loss, ...constraints] = values(params.x, params.y);
    return { ...complete(number, params, loss!), constraints };
  });
}

function modelOf(trials: readonly Observation[], running: readonly ParamValues[] = [], bends = true): GpModel {
  const targets = targetsOf(trials, ['minimize'], [1]);
  return buildModel({
    axes,
    features: featuresOf(axes),
    trend: CONSTANT_TREND,
    targets,
    points: targets.map(({ trial }) => pointOf(axes, trial.params)),
    running: running.map((params) => pointOf(axes, params)),
    known: [],
    bends,
    round: 0,
  });
}

const valueAt = ({ hill }: GpModel, x: number, y: number): number => hill.acquisition.value(Float64Array.of(x, y));
const bowl = (x: number, y: number): number => (x - 0.5) ** 2 + (y - 0.5) ** 2;

describe('buildModel', () => {
  it('wants to go to the bottom of a bowl', () => {
    const model = modelOf(trialsWith((x, y) => [bowl(x, y)]));
    expect(valueAt(model, 0.5, 0.5)).toBeGreaterThan(valueAt(model, 0.2, 0.2));
    expect(model.fits.map((theta) => theta.length)).toEqual([4]); // two scales, noise, bend
  });

  it('leaves the losses as they are where they are not to be bent', () => {
    const trials = trialsWith((x, y) => [bowl(x, y), x - 0.4]);
    expect(modelOf(trials, [], false).fits.map((theta) => theta.length)).toEqual([3, 3]);
  });

  it('goes elsewhere once a trial is in flight there', () => {
    const trials = trialsWith((x, y) => [bowl(x, y)]);
    const there = (running: readonly ParamValues[]): number => valueAt(modelOf(trials, running), 0.5, 0.5);
    expect(there([{ x: 0.5, y: 0.5 }])).toBeLessThan(there([]) - 2);
  });

  it('weighs the improvement by the probability that all constraints hold', () => {
    const free = modelOf(trialsWith((x, y) => [bowl(x, y), -1, -1]));
    expect(free.fits).toHaveLength(1); // nothing to learn from constraints that never change
    const bound = modelOf(trialsWith((x, y) => [bowl(x, y), x - 0.4, 0.2 - y]));
    expect(bound.fits.map((theta) => theta.length)).toEqual([4, 3, 3]);
    expect(valueAt(bound, 0.39, 0.5)).toBeGreaterThan(valueAt(bound, 0.6, 0.5) + 5);
    expect(bound.best[0]![0]).toBeLessThan(0.4); // the incumbent is feasible
  });

  it('looks for a feasible place first, whatever the loss', () => {
    const model = modelOf(trialsWith((x, y) => [bowl(x, y), 2 - x - y]));
    expect(valueAt(model, 1, 1)).toBeGreaterThan(valueAt(model, 0.5, 0.5));
  });

  it('takes a pruned trial that holds its constraints for a feasible place', () => {
    const trials = trialsWith((x, y) => [bowl(x, y), 2 - x - y]).map(
      (trial, i): Observation => (i === 0 ? { ...trial, state: 'pruned', constraints: [-1] } : trial),
    );
    expect([...modelOf(trials).best[0]!]).toEqual([0.05, 0.05]);
  });

  it('knows a constraint from those trials that have it', () => {
    const trials = trialsWith((x, y) => [bowl(x, y), x - 0.4]).map((trial, i) =>
      i % 3 === 0 ? { ...trial, constraints: [] } : trial,
    );
    const model = modelOf(trials);
    expect(valueAt(model, 0.35, 0.5)).toBeGreaterThan(valueAt(model, 0.6, 0.5));
  });

  it('begins the search at the best trials by expectation', () => {
    const { best } = modelOf(trialsWith((x, y) => [(x - 0.65) ** 2 + (y - 0.35) ** 2]));
    expect(best).toHaveLength(3);
    expect([...best[0]!]).toEqual([0.65, 0.35]);
  });
});
