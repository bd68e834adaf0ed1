import { setTimeout as sleep } from 'node:timers/promises';
import type { Report } from '@assay/sampler';
import { expect, it } from 'vitest';
import { ReportBuffer } from './report-buffer.js';
import { StoreError } from './store-error.js';

const TRIAL = 17;

const at = (step: number): Report => ({ step, value: step / 2 });

/** A buffer over a store that fails while it is told to; `writes` has the steps of each transaction. */
function open(delayMs: number) {
  const writes: (readonly number[])[] = [];
  const errors: unknown[] = [];
  const store: { failure: Error | null } = { failure: null };
  const write = async (trialId: number, reports: readonly Report[]): Promise<void> => {
    if (store.failure !== null) throw store.failure;
    if (trialId === TRIAL) writes.push(reports.map(({ step }) => step));
  };
  const buffer = new ReportBuffer(write, (error) => errors.push(error), delayMs);
  buffer.start(TRIAL);
  return { buffer, writes, errors, store };
}

it('writes each report at once where none may wait', async () => {
  const { buffer, writes } = open(0);
  for (const step of [1, 2, 3]) await buffer.add(TRIAL, at(step));
  expect(writes).toEqual([[1], [2], [3]]);
  expect(await buffer.take(TRIAL)).toEqual([]);
});

it('leaves what comes within the delay to the trial’s end', async () => {
  const { buffer, writes } = open(60_000);
  for (const step of [1, 2, 3]) await buffer.add(TRIAL, at(step));
  expect(await buffer.take(TRIAL)).toEqual([at(1), at(2), at(3)]);
  buffer.end(TRIAL);
  expect(writes).toEqual([]);
});

it('writes what has waited for long enough, though nothing follows', async () => {
  const { buffer, writes } = open(20);
  await buffer.add(TRIAL, at(1));
  await buffer.add(TRIAL, at(2));
  while (writes.length === 0) await sleep(1);
  expect(writes).toEqual([[1, 2]]);
  expect(await buffer.take(TRIAL)).toEqual([]);
});

it('waits, at the trial’s end, for what is being written', async () => {
  let finish: () => void = () => undefined;
  const written = new Promise<void>((resolve) => {
    finish = resolve;
  });
  const buffer = new ReportBuffer(
    () => written,
    () => undefined,
    0,
  );
  buffer.start(TRIAL);
  const adding = buffer.add(TRIAL, at(1));
  let taken: readonly Report[] | null = null;
  const taking = buffer.take(TRIAL).then((reports) => {
    taken = reports;
  });
  await sleep(1);
  expect(taken).toBeNull();
  finish();
  await Promise.all([adding, taking]);
  expect(taken).toEqual([]);
});

it('keeps what could not be written for the next time, and for the end', async () => {
  const { buffer, writes, store } = open(0);
  store.failure = new StoreError('DATABASE_FAILED', 'disk is full');
  await expect(buffer.add(TRIAL, at(1))).rejects.toThrow('disk is full');
  await expect(buffer.add(TRIAL, at(2))).rejects.toThrow('disk is full');
  store.failure = null;
  await buffer.add(TRIAL, at(3));
  expect(writes).toEqual([[1, 2, 3]]);
  buffer.putBack(TRIAL, [at(4)]);
  expect(await buffer.take(TRIAL)).toEqual([at(4)]);
});

it('tells of a failure that nobody waits for', async () => {
  const { buffer, errors, store } = open(5);
  store.failure = new StoreError('DATABASE_FAILED', 'disk is full');
  await buffer.add(TRIAL, at(1));
  while (errors.length === 0) await sleep(1);
  expect(errors).toEqual([store.failure]);
  expect(await buffer.take(TRIAL)).toEqual([at(1)]);
});

it('takes no more reports of a trial that was lost', async () => {
  const { buffer, errors, store } = open(5);
  store.failure = new StoreError('LEASE_LOST', 'another process has ended it');
  await buffer.add(TRIAL, at(1));
  while (errors.length === 0) await sleep(1);
  store.failure = null;
  await expect(buffer.add(TRIAL, at(2))).rejects.toMatchObject({ code: 'LEASE_LOST' });
});
