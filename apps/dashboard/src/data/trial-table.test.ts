import { expect, it } from 'vitest';
import { aFailedTrial, aRunningTrial, aTrial } from '../testing/trials.test.kit.js';
import { TrialTable } from './trial-table.js';

it('says when a trial has ended, but not of one that it meets already ended', () => {
  const table = new TrialTable();
  expect(table.put(aTrial(0), 0)).toBe(false);
  expect(table.put(aRunningTrial(1), 0)).toBe(false);
  expect(table.put(aTrial(1), 0)).toBe(true);
});

it('keeps the ended ones in order, in the same array until another one ends', () => {
  const table = new TrialTable();
  for (const trial of [aTrial(2), aRunningTrial(1), aFailedTrial(0)]) table.put(trial, 0);
  const { ended } = table;
  expect(ended.map(({ number }) => number)).toEqual([0, 2]);
  table.put(aRunningTrial(1, { reports: [] }), 0);
  expect(table.ended).toBe(ended);
  table.put(aTrial(1), 0);
  expect(table.ended.map(({ number }) => number)).toEqual([0, 1, 2]);
});

it('a store that lags behind takes nothing back', () => {
  const table = new TrialTable();
  table.put(aTrial(0), 0);
  table.put(aRunningTrial(0), 0);
  table.put(aRunningTrial(1, { reports: [{ step: 1, value: 1 }] }), 0);
  table.put(aRunningTrial(1, { reports: [] }), 0);
  expect(table.ended).toHaveLength(1);
  expect(table.running(0)[0]?.trial.reports).toHaveLength(1);
});

it('a reader starts at the first trial that has not ended', () => {
  const table = new TrialTable();
  expect(table.settled).toBe(0);
  for (const trial of [aTrial(0), aRunningTrial(1), aTrial(2)]) table.put(trial, 0);
  expect(table.settled).toBe(1);
  table.put(aTrial(1), 0);
  expect(table.settled).toBe(3);
});

it('a trial is quiet a minute after the last sign of life', () => {
  const table = new TrialTable();
  table.put(aRunningTrial(0, { reports: [] }), 0);
  table.put(aRunningTrial(0, { reports: [] }), 30_000);
  expect(table.running(59_999)[0]?.quietMs).toBeNull();
  expect(table.running(60_000)[0]?.quietMs).toBe(60_000);
  table.put(aRunningTrial(0), 61_000);
  expect(table.running(62_000)[0]?.quietMs).toBeNull();
});
