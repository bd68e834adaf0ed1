import { expect, it } from 'vitest';
import { rankWeights } from './trial-weights.js';

it.each([
  { name: 'none', count: 0, raw: [] },
  { name: 'one', count: 1, raw: [Math.log(1.5)] },
  { name: 'three', count: 3, raw: [Math.log(3.5), Math.log(3.5 / 2), Math.log(3.5 / 3)] },
])('ranks weigh by their logarithm, 1 on average: $name', ({ count, raw }) => {
  const mean = raw.reduce((sum, weight) => sum + weight, 0) / count;
  expect([...rankWeights(count)]).toEqual(raw.map((weight) => expect.closeTo(weight / mean, 12)));
});
