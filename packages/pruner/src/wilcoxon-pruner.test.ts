import { expect, it } from 'vitest';
import { contextOf, curve } from './curves.test.kit.js';
import { wilcoxonPruner } from './wilcoxon-pruner.js';

const nan = Number.NaN;
/** The best trial on instances 0 to 7: mean 4.5. */
const best = curve([1, 2, 3, 4, 5, 6, 7, 8], { number: 3, state: 'complete', value: 4.5 });
/** As bad as possible, but not the best: never compared with. */
const other = curve([99, 99, 99, 99, 99], { number: 1, state: 'complete', value: 99 });

// With n pairs and no ties, all differences above 0 give p = 1 / 2^n: 1/8 for three, 1/16 for four.
it.each([
  { name: 'four of four worse: 1/16 < 0.1', values: [11, 22, 33, 44], prune: true },
  { name: 'three of three: 1/8', values: [11, 22, 33], prune: false },
  {
    name: 'the instances may come in any order and skip some',
    values: [undefined, 12, undefined, 24, 35, undefined, 47],
    prune: true,
  },
  { name: 'all better', values: [0, 0.5, 0.25, 0.125], prune: false },
  { name: 'one better by a little: (-0.5, 20, 30, 40, 50), 2/32', values: [0.5, 22, 33, 44, 55], prune: true },
  {
    name: 'one better by much: (-50, 10, 20, 30, 40), plus 10 of 15: 10/32',
    values: [-49, 12, 23, 34, 45],
    prune: false,
  },
  { name: 'equal everywhere', values: [1, 2, 3, 4, 5, 6, 7, 8], prune: false },
  { name: 'worse on each, but its mean is no worse than 4.5: safety', values: [1.5, 2.6, 3.7, 4.8], prune: false },
  { name: 'its mean is worse than 4.5', values: [1.5, 2.6, 3.7, 10.8], prune: true },
  { name: 'its mean is 4.5 exactly', values: [1.5, 2.75, 4, 9.75], prune: false },
  { name: 'one report', values: [50], prune: false },
  { name: 'no report', values: [], prune: false },
  { name: 'a NaN of its own', values: [11, 22, 33, 44, nan], prune: false },
  { name: 'an infinity of its own', values: [11, 22, 33, 44, Infinity], prune: false },
])('minimizing, $values: prune $prune ($name)', ({ values, prune }) => {
  const pruner = wilcoxonPruner();
  expect(pruner.decide(contextOf(curve(values), [other, best])).prune).toBe(prune);
  const negated = curve(values.map((value) => (value === undefined ? undefined : -value)));
  const rivals = [other, best].map((trial) => ({
    ...trial,
    reports: trial.reports.map(({ step, value }) => ({ step, value: -value })),
    value: -trial.value!,
  }));
  expect(pruner.decide(contextOf(negated, rivals, 'maximize')).prune, 'mirrored').toBe(prune);
});

it.each([
  { name: 'no trial has a final value', trials: [curve([1, 2, 3, 4], { state: 'pruned' })] },
  { name: 'the best has no reports', trials: [curve([], { state: 'complete', value: 0 }), best] },
  { name: 'the best reported a NaN', trials: [curve([1, 2, 3, 4, nan], { state: 'complete', value: 0 }), best] },
  {
    name: 'the best knows other instances',
    trials: [curve([...Array(9), 1, 2, 3, 4], { state: 'complete', value: 0 })],
  },
])('keeps every trial where $name', ({ trials }) => {
  expect(wilcoxonPruner().decide(contextOf(curve([11, 22, 33, 44]), trials))).toEqual({ prune: false });
});

it.each([
  { options: { pThreshold: 1 / 16 }, pairs: 4, prune: false, name: 'p must be below the threshold' },
  { options: { pThreshold: 0.13 }, pairs: 3, prune: true, name: 'a higher threshold' },
  { options: { pThreshold: 1, startupSteps: 0 }, pairs: 1, prune: false, name: 'one pair is never enough' },
  { options: { pThreshold: 1, startupSteps: 0 }, pairs: 2, prune: true, name: 'two are' },
  { options: { startupSteps: 6 }, pairs: 5, prune: false, name: 'five pairs of six needed' },
  { options: { startupSteps: 6 }, pairs: 6, prune: true, name: 'six pairs' },
  { options: { pThreshold: 0 }, pairs: 8, prune: false, name: 'nothing is below 0' },
])('$options with $pairs pairs: prune $prune ($name)', ({ options, pairs, prune }) => {
  const trial = curve([11, 22, 33, 44, 55, 66, 77, 88].slice(0, pairs));
  expect(wilcoxonPruner(options).decide(contextOf(trial, [best])).prune).toBe(prune);
});

it('counts common instances, not reports', () => {
  const trial = curve([11, 22, 33, undefined, undefined, undefined, undefined, undefined, 50, 60]);
  expect(wilcoxonPruner().decide(contextOf(trial, [best])).prune).toBe(false);
});

it('compares with the first of equally good trials', () => {
  const worse = curve([100, 100, 100, 100], { number: 9, state: 'complete', value: 4.5 });
  const trial = curve([11, 22, 33, 44]);
  for (const trials of [
    [best, worse],
    [worse, best],
  ]) {
    expect(wilcoxonPruner().decide(contextOf(trial, trials)).prune).toBe(true);
    expect(
      wilcoxonPruner().decide(
        contextOf(
          trial,
          trials.map((it) => ({ ...it, number: 12 - it.number })),
        ),
      ).prune,
    ).toBe(false);
  }
});

it('says why', () => {
  expect(wilcoxonPruner().decide(contextOf(curve([11, 22, 33, 44]), [best]))).toEqual({
    prune: true,
    reason: 'worse than the best trial on 4 instances, p = 0.0625',
  });
});
