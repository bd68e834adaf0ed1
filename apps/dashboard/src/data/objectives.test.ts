import { expect, it } from 'vitest';
import { aStudy, aTrial } from '../testing/trials.test.kit.js';
import { betterFirst, objectivesOf, seenBy } from './objectives.js';

const both = ['minimize', 'maximize'] as const;

it.each([
  { name: 'no study yet', study: null, named: ['value'] },
  { name: 'one with a name', study: aStudy(), named: ['mae'] },
  { name: 'one without', study: aStudy({ metrics: [] }), named: ['value'] },
  { name: 'several without', study: aStudy({ directions: both, metrics: [] }), named: ['value 0', 'value 1'] },
  { name: 'a name for the first', study: aStudy({ directions: both }), named: ['mae', 'value 1'] },
])('names objectives: $name', ({ study, named }) => {
  expect(objectivesOf(study).map(({ name }) => name)).toEqual(named);
});

it('sorts by an objective, the best first', () => {
  const [mae, speed] = objectivesOf(aStudy({ directions: both }));
  const trials = [aTrial(0, { values: [2, 9] }), aTrial(1, { values: [1, 5] }), aTrial(2, { values: [3, 7] })];
  const numbers = (by: typeof mae) => trials.toSorted(betterFirst(by!)).map(({ number }) => number);
  expect(numbers(mae)).toEqual([1, 0, 2]);
  expect(numbers(speed)).toEqual([0, 2, 1]);
});

it('shows each objective its own values, and none where a trial has none', () => {
  const [mae, speed] = objectivesOf(aStudy({ directions: both }));
  const trials = [aTrial(0, { values: [2, 9] }), aTrial(1, { values: [] })];
  expect(seenBy(mae!, trials)).toBe(trials);
  expect(seenBy(speed!, trials).map(({ values }) => values)).toEqual([[9], []]);
});
