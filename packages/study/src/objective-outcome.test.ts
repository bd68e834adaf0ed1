import { describe, expect, it } from 'vitest';
import { objectiveOutcome } from './objective-outcome.js';

describe('objectiveOutcome', () => {
  it.each([
    { returned: 3, metrics: ['loss'], values: [3] },
    { returned: [3], metrics: ['loss'], values: [3] },
    { returned: [3, 4], metrics: ['error', 'speed'], values: [3, 4] },
    { returned: { values: [3, 4] }, metrics: ['error', 'speed'], values: [3, 4] },
  ])('takes $returned as the values of $metrics', ({ returned, metrics, values }) => {
    expect(objectiveOutcome(returned, metrics)).toEqual({ kind: 'complete', values });
  });

  it.each([
    { returned: [1, 2], metrics: ['loss'], says: 'the objective must return a number, got values [ 1, 2 ]' },
    { returned: 1, metrics: ['error', 'speed'], says: 'must return [error, speed], got values [ 1 ]' },
    { returned: ['1', 2], metrics: ['error', 'speed'], says: "must return [error, speed], got values [ '1', 2 ]" },
  ])('refuses $returned for $metrics', ({ returned, metrics, says }) => {
    const message = expect.stringContaining(says);
    expect(objectiveOutcome(returned, metrics)).toEqual({ kind: 'failed', reason: 'invalid-value', message });
  });
});
