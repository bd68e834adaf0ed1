import { createPruner } from '@assay/pruner';
import { randomSampler } from '@assay/sampler';
import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { CONFIRMED_TRIAL, confirmationName, readConfirmations } from './confirmation.js';
import { openConfirmation } from './open-confirmation.js';
import { createStudy, loadStudy } from './open-study.js';
import { newOwner } from './owner.js';
import type { StudyOptions } from './study-options.js';
import type { Objective } from './study-spec.js';
import { deadOwner } from './testing/contract-fixtures.js';
import { LINE, openLine, type Point } from './testing/optimize-fixtures.js';
import type { TrialRecord } from './trial-record.js';

/** Ten trials, the n-th of value n: 0, 1, 2 are the best. */
async function tenTrials(changes: Partial<StudyOptions<Point>> = {}) {
  const { study, options } = await openLine(changes);
  await study.optimize(({ number }) => number, { trials: 10 });
  const { store, name } = options;
  return { store, study: (await store.findStudy(name))!, trials: await study.trials() };
}

const value: Objective<Point> = ({ params, seed }) => params.x + seed / 2 ** 32;

describe('openConfirmation', () => {
  it('runs the best trials again, each as often as asked, with fresh seeds, and then ends', async () => {
    const { store, study, trials } = await tenTrials();
    const companion = await openConfirmation({ store, study, space: LINE, top: 3, repeats: 2 });
    const seeds: number[] = [];
    const finished: unknown[] = [];
    const objective: Objective<Point> = (trial) => {
      seeds.push(trial.seed);
      return { values: [trial.seed], attributes: { rows: 5 } };
    };
    const onTrialFinished = ({ attributes }: TrialRecord) => void finished.push(attributes);
    const reason = await companion.optimize(objective, { onTrialFinished });
    expect(finished.slice(0, 2)).toEqual([
      { [CONFIRMED_TRIAL]: 0, rows: 5 },
      { [CONFIRMED_TRIAL]: 1, rows: 5 },
    ]);
    expect(reason).toBe('exhausted');
    const runs = await companion.trials();
    expect(runs.map(({ attributes }) => attributes[CONFIRMED_TRIAL])).toEqual([0, 1, 2, 0, 1, 2]);
    expect(runs.map(({ params }) => params)).toEqual([0, 1, 2, 0, 1, 2].map((number) => trials[number]!.params));
    expect(new Set(seeds).size).toBe(6);
    const { directions, metrics, definition } = study;
    expect(companion.record).toMatchObject({ name: 's-confirm', directions, metrics });
    expect(companion.record.definition).toMatchObject({
      confirms: 's',
      space: definition?.space,
      repeats: { count: 1 },
    });
    expect(companion.record.definition?.seed).not.toBe(definition?.seed);
  });

  it('runs nothing again unless more is asked for', async () => {
    const { store, study } = await tenTrials();
    const confirm = async (top: number, repeats: number): Promise<number> => {
      const companion = await openConfirmation({ store, study, space: LINE, top, repeats });
      const before = (await companion.trials()).filter(({ state }) => state === 'complete').length;
      await companion.optimize(value);
      return (await companion.trials()).length - before;
    };
    expect(await confirm(3, 2)).toBe(6);
    expect(await confirm(3, 2)).toBe(0);
    expect(await confirm(2, 3)).toBe(2);
    expect(await confirm(4, 2)).toBe(2);
    expect((await readConfirmations(store, study)).map(({ trial, repeats }) => [trial.number, repeats]).sort()).toEqual(
      [
        [0, 3],
        [1, 3],
        [2, 2],
        [3, 2],
      ],
    );
  });

  it('goes on after its process was killed: the same runs with the same seeds', async () => {
    const straight = await tenTrials();
    const whole = await openConfirmation({ ...straight, space: LINE, top: 2, repeats: 2 });
    await whole.optimize(value);
    const { store, study } = await tenTrials();
    const killed = await openConfirmation({ store, study, space: LINE, top: 2, repeats: 2, owner: deadOwner() });
    await killed.optimize(value, { trials: 1 });
    await killed.ask(); // and dies
    const resumed = await openConfirmation({ store, study, space: LINE, top: 2, repeats: 2, owner: newOwner() });
    await resumed.optimize(value);
    const [expected, got] = [whole, resumed].map((each) => readConfirmations(each.desk.setup.store, study));
    expect((await got)!.map(({ values, repeats }) => [values, repeats])).toEqual(
      (await expected)!.map(({ values, repeats }) => [values, repeats]),
    );
    expect(await got).toHaveLength(2);
    const [died, retried] = (await resumed.trials()).filter(({ end, retryOf }) => end !== null || retryOf !== null);
    expect(retried?.attributes).toEqual(died?.attributes);
  });

  it('tries again what failed, and counts what diverged', async () => {
    const { store, study } = await tenTrials();
    const options = { store, study, space: LINE, top: 2, repeats: 1 };
    await (await openConfirmation(options)).optimize(({ number }) => {
      if (number === 0) throw new Error('no GPU');
      return Number.NaN;
    });
    const again = await openConfirmation(options);
    await again.optimize(() => 5);
    expect((await again.trials()).map(({ state, attributes }) => [state, attributes[CONFIRMED_TRIAL]])).toEqual([
      ['failed', 0],
      ['pruned', 1],
      ['complete', 0],
    ]);
  });

  it('takes each configuration once, and none that is infeasible', async () => {
    const { study, options } = await openLine();
    for (const x of [0.5, 0.5, 0.25, 0.75]) await study.enqueue({ x });
    await study.optimize(({ params, number }) => ({ values: [number], constraints: [params.x - 0.6] }), { trials: 4 });
    const given = { store: options.store, study: study.record, space: LINE, top: 9, repeats: 1 };
    const waiting = await (await openConfirmation(given)).trials();
    expect(waiting.map(({ params }) => params.x)).toEqual([0.5, 0.25]);
  });

  it('repeats as the study does, prunes nothing, and opens as any study', async () => {
    const pruner = createPruner('threshold:upper=0.5');
    const { store, study } = await tenTrials({ repeats: 2, pruner });
    const companion = await openConfirmation({ store, study, space: LINE, top: 1, repeats: 2 });
    await companion.optimize(({ repeat }) => 10 * repeat);
    expect((await companion.trials()).map(({ state, values }) => [state, values])).toEqual([
      ['complete', [5]],
      ['complete', [5]],
    ]);
    const loaded = await loadStudy({ store, name: 's-confirm' });
    await expect(loaded.ask()).rejects.toMatchObject({ code: 'EXHAUSTED' });
  });

  it('refuses what it cannot confirm', async () => {
    const { store, study } = await tenTrials();
    const options = { store, study, space: LINE, top: 1, repeats: 1 };
    await expect(openConfirmation({ ...options, top: 0 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    await expect(openConfirmation({ ...options, repeats: 1.5 })).rejects.toMatchObject({ code: 'BAD_OPTION' });
    const wider = { ...options, space: space({ x: float(-2, 2) }) };
    await expect(openConfirmation(wider)).rejects.toMatchObject({ code: 'INCOMPATIBLE_STUDY' });
    const companion = await openConfirmation(options);
    const twice = { ...options, study: companion.record };
    await expect(openConfirmation(twice)).rejects.toThrow("'s-confirm' confirms 's' itself");
    const taken = { store, name: 't', sampler: randomSampler(), space: LINE };
    await createStudy({ ...taken, name: confirmationName('t') });
    const other = { ...options, study: (await createStudy(taken)).record };
    await expect(openConfirmation(other)).rejects.toMatchObject({ code: 'INCOMPATIBLE_STUDY' });
    const bare = { ...options, study: (await createStudy({ store, name: 'bare' })).record };
    const { space: _, ...flat } = bare;
    await expect(openConfirmation(flat)).rejects.toThrow('has no declared space');
  });
});
