import { expect, it } from 'vitest';
import { contextOf, curve } from './curves.test.kit.js';
import { nopPruner } from './nop-pruner.js';
import { patientPruner } from './patient-pruner.js';
import { successiveHalvingPruner } from './successive-halving-pruner.js';
import { thresholdPruner } from './threshold-pruner.js';

const nan = Number.NaN;

it.each([
  { name: 'nothing before the last three', patience: 2, values: [1, 2, 3], prune: false },
  { name: 'best of the last three is worse', patience: 2, values: [1, 2, 3, 4], prune: true },
  { name: 'as good again', patience: 2, values: [1, 2, 3, 1], prune: false },
  { name: 'the fourth report ago does not count as recent', patience: 2, values: [5, 1, 2, 3, 4], prune: true },
  { name: 'the third report ago does', patience: 2, values: [2, 1, 3, 4], prune: false },
  { name: 'patience 0: only the newest is recent', patience: 0, values: [1, 2], prune: true },
  { name: 'patience 0, better', patience: 0, values: [2, 1], prune: false },
  { name: 'within the tolerance', patience: 0, minDelta: 0.5, values: [1, 1.5], prune: false },
  { name: 'beyond the tolerance', patience: 0, minDelta: 0.5, values: [1, 1.6], prune: true },
  { name: 'NaN before is ignored', patience: 0, values: [1, nan, 2], prune: true },
  { name: 'NaN since is ignored', patience: 1, values: [1, nan, 2], prune: true },
  { name: 'only NaN before', patience: 1, values: [nan, 3, 4], prune: false },
  { name: 'only NaN since', patience: 1, values: [1, nan, nan], prune: false },
  { name: 'reports count, not steps', patience: 1, values: [1, undefined, undefined, 2], prune: false },
  { name: 'no report', patience: 0, values: [], prune: false },
])('patience $patience, $values: prune $prune ($name)', ({ patience, minDelta = 0, values, prune }) => {
  const pruner = patientPruner(null, { patience, minDelta });
  expect(pruner.decide(contextOf(curve(values), [])).prune).toBe(prune);
  const mirrored = curve(values.map((value) => (value === undefined ? undefined : -value)));
  expect(pruner.decide(contextOf(mirrored, [], 'maximize')).prune).toBe(prune);
});

it('asks the wrapped pruner only once patience is gone, and hands on its decision', () => {
  const wrapped = thresholdPruner({ upper: 3 });
  const pruner = patientPruner(wrapped, { patience: 0 });
  const better = contextOf(curve([9, 8]), []);
  const worseWithinBounds = contextOf(curve([1, 2]), []);
  const worseOutside = contextOf(curve([4, 5]), []);
  expect(pruner.decide(better)).toEqual({ prune: false });
  expect(pruner.decide(worseWithinBounds)).toEqual({ prune: false });
  expect(pruner.decide(worseOutside)).toEqual(wrapped.decide(worseOutside));
  expect(patientPruner(nopPruner(), { patience: 0 }).decide(worseOutside).prune).toBe(false);
});

it('hands on the rungs of a wrapped successive halving', () => {
  const pruner = patientPruner(successiveHalvingPruner({ minResource: 1, reductionFactor: 2 }), { patience: 0 });
  expect(pruner.decide(contextOf(curve([1, 2]), []))).toEqual({ prune: false, rungs: [2] });
});

it('says why', () => {
  expect(patientPruner(null, { patience: 1 }).decide(contextOf(curve([1, 2, 3]), [])).reason).toBe(
    'best of the last 2 reports 2 is worse than 1 before them',
  );
});
