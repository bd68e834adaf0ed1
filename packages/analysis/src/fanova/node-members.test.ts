import { expect, it } from 'vitest';
import type { Feature } from './feature-table.js';
import { NodeMembers, ordersOf } from './node-members.js';

const features: readonly Feature[] = [
  { kind: 'range', values: Float64Array.of(4, 1, 3, 2, 5), low: 0, high: 6 },
  { kind: 'categories', values: Float64Array.of(0, 2, 1, 2, 0), count: 3 },
];

it('parts every order alike and keeps each ascending', () => {
  const members = new NodeMembers(features, ordersOf(features), Float64Array.of(1, 1, 1, 1, 1));
  expect([...members.by(0, 0, 5)]).toEqual([1, 3, 2, 0, 4]);
  expect([...members.by(1, 0, 5)]).toEqual([0, 4, 2, 1, 3]);
  expect(members.part({ feature: 0, at: 3.5 }, 0, 5)).toBe(3);
  expect([...members.by(0, 0, 3)]).toEqual([1, 3, 2]);
  expect([...members.by(1, 0, 3)]).toEqual([2, 1, 3]);
  expect([...members.by(1, 3, 5)]).toEqual([0, 4]);
  expect(members.part({ feature: 1, at: 2 }, 0, 3), 'the category itself to the left').toBe(2);
  expect([...members.by(0, 0, 2)]).toEqual([1, 3]);
  expect([...members.by(0, 3, 5)], 'beside the node nothing moves').toEqual([0, 4]);
});

it('has only trials with a weight', () => {
  const members = new NodeMembers(features, ordersOf(features), Float64Array.of(0, 2, 0, 1, 0));
  expect(members.size).toBe(2);
  expect([...members.by(1, 0, 2)]).toEqual([1, 3]);
});
