import type { ParamValues } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { createStudy } from './open-study.js';
import { options, type Params } from './study.test.kit.js';

describe('enqueue', () => {
  it('tries enqueued parameters first, complete or not', async () => {
    const study = await createStudy(options());
    const params: Params = { lr: 0.01, layers: 2, units: [8, 16], optimizer: { kind: 'sgd', momentum: 0.5 } };
    expect(await study.enqueue(params)).toBe(0);
    expect(await study.enqueueValues({ optimizer: 'sgd', layers: 3 })).toBe(1);
    expect((await study.ask()).params).toEqual(params);
    const second = await study.ask();
    expect(second.params).toMatchObject({ layers: 3, optimizer: { kind: 'sgd', momentum: expect.any(Number) } });
    expect(second.params.units).toHaveLength(3);
    expect((await study.ask()).number).toBe(2);
  });

  it.each([
    { name: 'an unknown name', values: { rate: 1 }, code: 'BAD_PARAMS' },
    { name: 'a value out of range', values: { lr: 2 }, code: 'OUT_OF_RANGE' },
    { name: 'a child without its parent', values: { 'optimizer.sgd.momentum': 0.5 }, code: 'INACTIVE_PARAMETER' },
    {
      name: 'a child of another branch',
      values: { optimizer: 'adam', 'optimizer.sgd.momentum': 0.5 },
      code: 'INACTIVE_PARAMETER',
    },
  ])('refuses $name', async ({ values, code }) => {
    const study = await createStudy(options());
    await expect(study.enqueueValues(values as ParamValues)).rejects.toMatchObject({ code });
    expect(await study.trials()).toEqual([]);
  });

  it('fails a trial that another tool enqueued with parameters that do not fit, and goes on', async () => {
    const study = await createStudy(options());
    await study.desk.setup.store.enqueueTrial(study.record.id, { lr: 7 });
    expect((await study.ask()).number).toBe(1);
    expect(await study.trials()).toMatchObject([
      { state: 'failed', end: { reason: 'invalid-value' } },
      { state: 'running' },
    ]);
  });
});
