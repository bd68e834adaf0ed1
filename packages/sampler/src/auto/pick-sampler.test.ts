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

const MODEL = ['gp'];
const WALK = ['cma-es'];

describe('pickSampler', () => {
  it.each([
    { study: 'starts', given: {}, finished: 0, turns: MODEL },
    { study: 'has 199 trials', given: {}, finished: 199, turns: MODEL },
    { study: 'has 200 trials, all numbers', given: {}, finished: 200, turns: WALK },
    { study: 'has 200 trials and one category', given: { space: ONE_CHOICE }, finished: 200, turns: WALK },
    { study: 'has 200 trials and choices', given: { space: CHOICES }, finished: 200, turns: ['tpe'] },
    { study: 'has 200 trials and branches', given: { space: BRANCHES }, finished: 200, turns: ['tpe'] },
    { study: 'is planned for 300', given: { budget: 300 }, finished: 250, turns: MODEL },
    { study: 'goes on after its plan', given: { budget: 300 }, finished: 300, turns: WALK },
    { study: 'is planned for 301', given: { budget: 301 }, finished: 250, turns: WALK },
  ] as const)('is $turns for one objective when the study $study', ({ given, finished, turns }) => {
    expect(after(finished, given)).toEqual(turns);
  });

  it.each([
    { finished: 199, turns: MODEL },
    { finished: 200, turns: ['tpe', 'nsga-ii'] },
  ])('is $turns for several objectives after $finished trials', ({ finished, turns }) => {
    expect(after(finished, { directions: ['minimize', 'maximize'] })).toEqual(turns);
  });
});
