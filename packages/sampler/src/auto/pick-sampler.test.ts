import { categorical, choice, float, int, ordered, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { randomTrials } from '../contexts.test.kit.js';
import { pickSampler, type Situation } from './pick-sampler.js';

const NUMBERS = space({ x: float(0, 1), n: int(1, 100, { log: true }), size: ordered([16, 64, 1024]) }).parameters;
const ONE_CHOICE = space({ x: float(0, 1), kind: categorical(['a']) }).parameters;
const CHOICES = space({ x: float(0, 1), kind: categorical(['a', 'b']) }).parameters;
const BRANCHES = space({ optimizer: choice({ adam: {}, sgd: { momentum: float(0, 1) } }) }).parameters;

const after = (finished: number, given: Partial<Situation> = {}): readonly string[] => {
  const situation: Situation = { space: NUMBERS, directions: ['minimize'], history: [], budget: null, ...given };
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
});
