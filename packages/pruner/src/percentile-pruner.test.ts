import { describe, expect, it } from 'vitest';
import { completed, contextOf, curve } from './curves.test.kit.js';
import { medianPruner } from './median-pruner.js';
import { percentilePruner } from './percentile-pruner.js';

/** At step 1 the values are 1, 2, 3, 4, 5: median 3, percentile 25 is 2, percentile 75 is 4. */
const five = completed([9, 1], [9, 2], [9, 3], [9, 4], [9, 5]);
const nan = Number.NaN;

describe('medianPruner', () => {
  it.each([
    { name: 'worse than the median', values: [9, 3.5], prune: true },
    { name: 'as good as the median', values: [9, 3], prune: false },
    { name: 'better', values: [9, 2], prune: false },
    { name: 'its own best counts, not its newest value', values: [2, 100], prune: false },
    { name: 'a NaN does not hide an earlier value', values: [2, nan], prune: false },
    { name: 'a NaN does not hide an earlier bad value', values: [8, nan], prune: true },
    { name: 'nothing but NaN', values: [nan, nan], prune: true },
    { name: 'infinitely bad', values: [Infinity, Infinity], prune: true },
    { name: 'no complete trial has reported this step', values: [9, 9, 9], prune: false },
    { name: 'no report yet', values: [], prune: false },
  ])('minimizing, $values: prune $prune ($name)', ({ values, prune }) => {
    expect(medianPruner().decide(contextOf(curve(values), five)).prune).toBe(prune);
  });

  it.each([
    { name: 'worse than the median', values: [0, 2.5], prune: true },
    { name: 'as good as the median', values: [0, 3], prune: false },
    { name: 'its own best counts', values: [4, 0], prune: false },
    { name: 'nothing but NaN', values: [nan], prune: true },
  ])('maximizing, $values: prune $prune ($name)', ({ values, prune }) => {
    expect(medianPruner().decide(contextOf(curve(values), five, 'maximize')).prune).toBe(prune);
  });

  it('waits for five complete trials, and pruned, failed and running ones do not count', () => {
    const bad = curve([9, 100]);
    const four = five.slice(0, 4);
    const others = (['pruned', 'failed', 'running'] as const).map((state) => curve([0, 0], { state }));
    expect(medianPruner().decide(contextOf(bad, [...four, ...others])).prune).toBe(false);
    expect(medianPruner().decide(contextOf(bad, five)).prune).toBe(true);
  });

  it('keeps a trial while nothing is complete, even with startupTrials 0 and nothing but NaN', () => {
    expect(medianPruner({ startupTrials: 0 }).decide(contextOf(curve([nan]), [])).prune).toBe(false);
  });

  it('leaves pruned trials out of the median', () => {
    const pruned = Array.from({ length: 10 }, () => curve([0, 0], { state: 'pruned' }));
    expect(medianPruner().decide(contextOf(curve([9, 3]), [...five, ...pruned])).prune).toBe(false);
  });

  it('counts a complete trial without this step for the start, not for the median', () => {
    const trials = completed([1], [1], [1], [1], [1, 1]);
    expect(medianPruner({ minTrials: 1 }).decide(contextOf(curve([2, 2]), trials)).prune).toBe(true);
    expect(medianPruner({ minTrials: 2 }).decide(contextOf(curve([2, 2]), trials)).prune).toBe(false);
  });

  it('keeps a trial where all others are NaN', () => {
    const trials = completed([nan], [nan], [nan], [nan], [nan]);
    expect(medianPruner().decide(contextOf(curve([5]), trials)).prune).toBe(false);
  });

  it('ignores the NaN of others in the median', () => {
    const trials = completed([nan], [nan], [1], [2], [3]);
    expect(medianPruner().decide(contextOf(curve([2]), trials)).prune).toBe(false);
    expect(medianPruner().decide(contextOf(curve([2.1]), trials)).prune).toBe(true);
  });

  it('checks once an interval after the warm-up', () => {
    const trials = completed(...Array.from({ length: 5 }, () => [0, 0, 0, 0, 0, 0]));
    const pruner = medianPruner({ warmupSteps: 1, intervalSteps: 3 });
    const prunedAt = [0, 1, 2, 3, 4, 5].filter(
      (step) => pruner.decide(contextOf(curve(Array.from({ length: step + 1 }, () => 1)), trials)).prune,
    );
    expect(prunedAt).toEqual([1, 4]);
  });

  it('says why', () => {
    expect(medianPruner().decide(contextOf(curve([9, 3.24159]), five))).toEqual({
      prune: true,
      reason: 'best value so far 3.242 is worse than 3, the median of 5 complete trials at step 1',
    });
    expect(medianPruner().decide(contextOf(curve([nan]), five)).reason).toBe('every value reported so far is NaN');
  });
});

describe('percentilePruner', () => {
  it.each([
    { percentile: 25, direction: 'minimize', value: 2, prune: false },
    { percentile: 25, direction: 'minimize', value: 2.1, prune: true },
    { percentile: 75, direction: 'minimize', value: 4, prune: false },
    { percentile: 75, direction: 'minimize', value: 4.1, prune: true },
    { percentile: 25, direction: 'maximize', value: 4, prune: false },
    { percentile: 25, direction: 'maximize', value: 3.9, prune: true },
    { percentile: 0, direction: 'minimize', value: 1.1, prune: true },
    { percentile: 100, direction: 'minimize', value: 5, prune: false },
  ] as const)('percentile $percentile, $direction, value $value: prune $prune', (row) => {
    const trial = curve([undefined, row.value]);
    const pruner = percentilePruner({ percentile: row.percentile });
    expect(pruner.decide(contextOf(trial, five, row.direction)).prune).toBe(row.prune);
  });

  it('names its percentile in the reason', () => {
    expect(percentilePruner({ percentile: 25 }).decide(contextOf(curve([9, 3]), five)).reason).toBe(
      'best value so far 3 is worse than 2, percentile 25 of 5 complete trials at step 1',
    );
  });
});
