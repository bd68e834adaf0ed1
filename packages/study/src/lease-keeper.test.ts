import { setTimeout as sleep } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { LeaseKeeper } from './lease-keeper.js';

it('renews while anything is held, whatever a renewal comes to', async () => {
  const errors: unknown[] = [];
  let renewals = 0;
  const renew = async (): Promise<void> => {
    renewals += 1;
    if (renewals === 2) throw new Error('the store is busy');
  };
  const keeper = new LeaseKeeper(renew, (error) => errors.push(error), 1);
  await sleep(10);
  expect(renewals).toBe(0);
  keeper.hold();
  keeper.hold();
  keeper.release();
  while (renewals < 4) await sleep(1);
  expect(errors).toEqual([new Error('the store is busy')]);
  keeper.release();
  const before = renewals;
  await sleep(20);
  expect(renewals).toBe(before);
  keeper.hold();
  while (renewals < before + 2) await sleep(1);
  keeper.release();
});
