import { categorical, choice, float, int, type Json, ordered, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { randomTrials } from '../contexts.test.kit.js';
import { pickSampler, type Situation } from './pick-sampler.js';

const NUMBERS = space({ x: float(0, 1), n: int(1, 100, { log: true }), size: ordered([16, 64, 1024]) }).parameters;
const ONE_CHOICE = space({ x: float(0, 1), kind: categorical(['a']) }).parameters;
const CHOICES = space({ x: float(0, 1), kind: categorical(['a', 'b']) }).parameters;
const BRANCHES = space({ optimizer: choice({ adam: {}, sgd: { momentum: float(0, 1) } }) }).parameters;

const START: Situation = {
  ...{ space: NUMBERS, directions: ['minimize'], repeats: 1 },
  ...{ history: [], running: [], budget: null },
};

const after = (finished: number, given: Partial<Situation> = {}): readonly string[] => {
  const situation: Situation = { ...START, ...given };
  return pickSampler({ ...situation, history: randomTrials(situation.space, finished) }).turns;
};

const FLOATS = space({ x: float(0, 1), rate: float(1e-5, 1, { log: true }), pinned: int(3, 3) }).parameters;

const MODEL = ['gp'];
const MIXED_MODEL = ['gp', 'gp', 'tpe'];
const WALK = ['cma-es'];

describe('pickSampler', () => {
  it.each([
    { study: 'starts', given: {}, finished: 0, turns: MIXED_MODEL },
    { study: 'starts, all continuous', given: { space: FLOATS }, finished: 0, turns: MODEL },
    { study: 'starts with choices', given: { space: CHOICES }, finished: 0, turns: MIXED_MODEL },
    { study: 'starts with branches', given: { space: BRANCHES }, finished: 0, turns: MIXED_MODEL },
    { study: 'starts with a single category', given: { space: ONE_CHOICE }, finished: 0, turns: MODEL },
    { study: 'has 199 trials', given: { space: FLOATS }, finished: 199, turns: MODEL },
    { study: 'has 200 trials, all numbers', given: {}, finished: 200, turns: WALK },
    { study: 'has 200 trials and one category', given: { space: ONE_CHOICE }, finished: 200, turns: WALK },
    { study: 'has 200 trials and choices', given: { space: CHOICES }, finished: 200, turns: ['tpe'] },
    { study: 'has 200 trials and branches', given: { space: BRANCHES }, finished: 200, turns: ['tpe'] },
    { study: 'is planned for 300', given: { budget: 300 }, finished: 299, turns: MIXED_MODEL },
    { study: 'is planned for 300, and has them', given: { budget: 300 }, finished: 300, turns: WALK },
    { study: 'is planned for 210, and 5 of 214 failed', given: { budget: 210 }, finished: 214, turns: MIXED_MODEL },
    { study: 'is planned for 301', given: { budget: 301 }, finished: 250, turns: WALK },
  ] as const)('is $turns for one objective when the study $study', ({ given, finished, turns }) => {
    expect(after(finished, given)).toEqual(turns);
  });

  it.each([
    { finished: 199, turns: MIXED_MODEL },
    { finished: 200, turns: ['tpe', 'nsga-ii'] },
  ])('is $turns for several objectives after $finished trials', ({ finished, turns }) => {
    expect(after(finished, { directions: ['minimize', 'maximize'] })).toEqual(turns);
  });

  /** Of a model with a length-scale for each of two values, with bent losses or not: the noise in signal variances. */
  const fitted = (bends: boolean, noise: number): Json => ({
    gp: [[0.5, 0.5, Math.log(noise), ...(bends ? [2] : [])]],
  });

  it.each([
    { study: 'was not modelled yet', notes: [], turns: MODEL },
    { study: 'has no noise', notes: [fitted(true, 1e-8), fitted(false, 1e-8)], turns: MODEL },
    { study: 'has some', notes: [fitted(true, 0.03), fitted(false, 0.02)], turns: MIXED_MODEL },
    { study: 'has some, if losses are bent', notes: [fitted(true, 0.03), fitted(false, 0.001)], turns: MODEL },
    { study: 'had some', notes: [fitted(true, 0.03), fitted(true, 0.001), fitted(false, 0.03)], turns: MODEL },
    { study: 'has a kind of model yet to come', notes: [fitted(true, 0.03)], turns: MIXED_MODEL },
    { study: 'had other parameters', notes: [{ gp: [[0.5, Math.log(0.03)]] }], turns: MODEL },
  ])('is $turns for continuous values when a study with repeats $study', ({ notes, turns }) => {
    const trials = randomTrials(FLOATS, 20).map((trial, i) => ({ ...trial, note: notes[i] ?? null }));
    const situation: Situation = { ...START, space: FLOATS, repeats: 3 };
    expect(pickSampler({ ...situation, history: trials }).turns).toEqual(turns);
    expect(pickSampler({ ...situation, history: trials.slice(2), running: trials.slice(0, 2) }).turns).toEqual(turns);
    const directions = ['minimize', 'maximize'] as const;
    expect(pickSampler({ ...situation, directions, history: trials }).turns).toEqual(MODEL);
    expect(pickSampler({ ...situation, repeats: 1, history: trials }).turns).toEqual(MODEL);
  });
});
