import { expect, it } from 'vitest';
import { rememberLast } from './remember-last.js';

it('works out again what depends on other inputs, and nothing else', () => {
  const remember = rememberLast<object, number>();
  const [key, other, a, b] = [{}, {}, {}, {}];
  let count = 0;
  const ask = (on: object, ...inputs: readonly object[]): number => remember(on, inputs, () => ++count);
  expect([ask(key, a), ask(key, a), ask(key, b), ask(key, b, a), ask(key, a, b)]).toEqual([1, 1, 2, 3, 4]);
  expect([ask(other, a, b), ask(key, a, b), ask(key), ask(key)]).toEqual([5, 4, 6, 6]);
});
