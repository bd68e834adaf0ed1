import { setTimeout as sleep } from 'node:timers/promises';
import type { Pruner } from '@assay/pruner';
import { describe, expect, it } from 'vitest';
import { createStudy, loadStudy } from './open-study.js';
import { newOwner } from './owner.js';
import { failure, options } from './study.test.kit.js';
import type { TrialRecord } from './trial-record.js';

describe('reports that come fast', () => {
  const reportsOf = (trial: TrialRecord | undefined) => trial?.reports.map(({ step }) => step);

  it('are known here at once, whatever is read meanwhile, and stored with the end', async () => {
    const given = options({ reportDelayMs: Number.POSITIVE_INFINITY });
    const study = await createStudy(given);
    const trial = await study.ask();
    for (const step of [1, 2, 3]) await trial.report(step, 1 / step);
    await (await loadStudy({ ...given, owner: newOwner() })).ask(); // another process: something is to be read
    expect((await study.trials()).map(reportsOf)).toEqual([[1, 2, 3], []]);
    expect((await given.store.readTrials(study.record.id)).map(reportsOf)).toEqual([[], []]);
    expect(reportsOf(await study.tell(trial, 0.5))).toEqual([1, 2, 3]);
    expect((await given.store.readTrials(study.record.id)).map(reportsOf)).toEqual([[1, 2, 3], []]);
    expect((await study.trials()).map(reportsOf)).toEqual([[1, 2, 3], []]);
    await expect(trial.report(4, 0)).rejects.toThrow(failure('NOT_RUNNING'));
  });

  it('are seen by other processes, and by their pruners, once their delay is over', async () => {
    const pruner: Pruner = {
      ...{ name: 'peek', settings: { name: 'peek' } },
      decide: ({ trials }) => ({ prune: trials.some(({ reports }) => reports.length === 2) }),
    };
    const given = options({ reportDelayMs: 20, pruner });
    const [study, other] = [await createStudy(given), await loadStudy({ ...given, owner: newOwner() })];
    const [trial, beside] = [await study.ask(), await other.ask()];
    for (const step of [1, 2]) await trial.report(step, step / 10);
    while (!(await beside.shouldPrune())) await sleep(1);
    expect(reportsOf(other.desk.view.trials[0])).toEqual([1, 2]);
  });

  it('are refused where the step is no count, and nothing of them is kept', async () => {
    const study = await createStudy(options());
    const trial = await study.ask();
    await expect(trial.report(-1, 0)).rejects.toMatchObject({ name: 'StoreError', code: 'INVALID_VALUE' });
    expect(reportsOf(await study.tell(trial, 0.5))).toEqual([]);
  });
});
