import { categorical, float, int, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { objectivesOf } from '../data/objectives.js';
import { aStudy, aTrial } from '../testing/trials.test.kit.js';
import { objectiveAxis, observedAxis, parameterAxis } from './parallel-axes.js';
import { rankedTrials } from './ranked-trials.js';

const parameters = space({
  lr: float(1e-4, 1, { log: true }),
  layers: int(1, 5),
  act: categorical(['relu', 'elu', 'gelu']),
  fixed: int(3, 3),
}).parameters;

const trialWith = (params: Readonly<Record<string, string | number>>) => aTrial(0, { params });

describe('the axis of a parameter', () => {
  it.each([
    { name: 'lr', value: 0.01, place: 0.5, ticks: ['0.0001', '1'] },
    { name: 'layers', value: 2, place: 0.25, ticks: ['1', '5'] },
    { name: 'act', value: 'gelu', place: 1, ticks: ['relu', 'elu', 'gelu'] },
    { name: 'fixed', value: 3, place: 0.5, ticks: ['3', '3'] },
    { name: 'layers', value: 99, place: 1, ticks: ['1', '5'] },
  ])('$name = $value lies at $place', ({ name, value, place, ticks }) => {
    const axis = parameterAxis(parameters.find((each) => each.name === name)!);
    expect(axis.place(trialWith({ [name]: value }))).toBeCloseTo(place, 12);
    expect(axis.ticks.map(({ label }) => label)).toEqual(ticks);
    expect(axis.place(trialWith({}))).toBeNull();
  });

  it('that no space declares spans what the trials have', () => {
    const numbers = observedAxis('x', [trialWith({ x: 2 }), trialWith({ x: 6 }), trialWith({})]);
    expect(numbers.place(trialWith({ x: 3 }))).toBe(0.25);
    const words = observedAxis('x', [trialWith({ x: 'b' }), trialWith({ x: 'a' })]);
    expect(words.ticks.map(({ label }) => label)).toEqual(['a', 'b']);
  });
});

it.each([
  { direction: 'minimize' as const, place: 0.75 },
  { direction: 'maximize' as const, place: 0.25 },
])('the axis of an objective to $direction has the best on top', ({ direction, place }) => {
  const [objective] = objectivesOf(aStudy({ directions: [direction] }));
  const trials = [0, 4].map((value) => aTrial(0, { values: [value] }));
  const axis = objectiveAxis(objective!, trials);
  expect(axis.place(aTrial(1, { values: [1] }))).toBe(place);
  expect(axis.place(aTrial(1, { values: [Number.POSITIVE_INFINITY] }))).toBeNull();
});

describe('what parallel coordinates compare', () => {
  const [mae] = objectivesOf(aStudy());
  const trials = Array.from({ length: 50 }, (_, i) =>
    aTrial(i, { values: [50 - i], constraints: [i === 49 ? 1 : 0], ...(i === 48 && { state: 'pruned' as const }) }),
  );

  it('of one objective: the best ten and the next twenty that are complete and feasible', () => {
    const { bright, faint } = rankedTrials(trials, [], mae!);
    expect([bright.length, bright[0]?.number, bright.at(-1)?.number]).toEqual([10, 47, 38]);
    expect([faint.length, faint[0]?.number]).toEqual([20, 37]);
  });

  it('of several: the front, thinned to ten with both ends, and twenty others', () => {
    const front = trials.slice(0, 19);
    const { bright, faint } = rankedTrials(trials, front, mae!);
    expect(bright.map(({ number }) => number)).toEqual([0, 2, 4, 6, 8, 10, 12, 14, 16, 18]);
    expect([faint.length, faint.some((trial) => front.includes(trial))]).toEqual([20, false]);
  });
});
