import { createPruner } from '@assay/pruner';
import { randomSampler, tpeSampler } from '@assay/sampler';
import { float, int, type ParamValues, space } from '@assay/space';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy, openOrCreateStudy } from './open-study.js';
import { failure, options, SPACE } from './study.test.kit.js';
import type { StudyOptions } from './study-options.js';
import { climbingSampler } from './testing/climbing-sampler.js';

describe('opening', () => {
  it('goes on where it was: draws, seed, pruner', async () => {
    const given = options({ pruner: createPruner('threshold:upper=1') });
    const first = await createStudy(given);
    await first.tell(await first.ask(), 1);
    const { pruner: _, seed: __, ...rest } = given;
    const second = await openOrCreateStudy(rest);
    const trial = await second.ask();
    expect(trial.number).toBe(1);
    await trial.report(1, 2);
    expect(await trial.shouldPrune()).toBe(true);
    const straight = await createStudy(options());
    await straight.ask();
    expect(trial.values).toEqual((await straight.ask()).values);
  });

  it('takes the stored sampler, or auto, where none is given', async () => {
    const store = new MemoryStudyStore();
    expect((await createStudy({ store, name: 'new', space: SPACE })).desk.setup.sampler.name).toBe('auto');
    const stored = tpeSampler({ startup: 3 });
    await createStudy({ store, name: 'tuned', space: SPACE, sampler: stored });
    expect((await loadStudy({ store, name: 'tuned' })).desk.setup.sampler.settings).toEqual(stored.settings);
    await createStudy({ store, name: 'own', space: SPACE, sampler: climbingSampler() });
    await expect(loadStudy({ store, name: 'own' })).rejects.toThrow(failure('BAD_OPTION', 'not built in'));
  });

  it('reads flat parameters where no typed space is given', async () => {
    const given = options();
    await createStudy(given);
    const { space: _, ...rest } = given;
    const trial = await (await loadStudy(rest)).ask();
    expectTypeOf(trial.params).toEqualTypeOf<ParamValues>();
    expect(trial.params).toEqual(trial.values);
    expect(SPACE.decode(trial.params).layers).toBe(trial.params.layers);
  });

  it.each([
    {
      name: 'a bound, where it must stay',
      change: { space: space({ lr: float(1e-4, 0.5, { log: true }) }), changes: 'refuse' as const },
      says: "'lr' takes a number in [0.0001, 0.5]; so far it was a number in [0.0001, 1]",
    },
    {
      name: 'the kind',
      change: { space: space({ lr: int(1, 2, { log: true }) }) },
      says: "its parameter 'lr' is float: a number in [0.0001, 1] on a log scale, not int: a whole number in [1, 2] on a log scale",
    },
    {
      name: 'the scale',
      change: { space: space({ lr: float(1e-4, 1) }) },
      says: "its parameter 'lr' is float: a number in [0.0001, 1] on a log scale, not float: a number in [0.0001, 1]",
    },
    {
      name: 'a new parameter',
      change: { space: space({ lr: float(1e-4, 1, { log: true }), depth: int(1, 2) }) },
      says: "it has no parameter 'depth'",
    },
    { name: 'one less', change: { space: space({ depth: int(1, 2) }) }, says: "its parameter 'lr' is missing" },
    {
      name: 'the direction',
      change: { directions: ['maximize'] as const },
      says: 'its directions are minimize, not maximize',
    },
    { name: 'the seed', change: { seed: 2 }, says: 'its seed is 1, not 2' },
  ])('refuses to go on with another study: $name', async ({ change, says }) => {
    const store = new MemoryStudyStore();
    const stored = { store, name: 's', sampler: randomSampler(), seed: 1, directions: ['minimize'] as const };
    await createStudy({ ...stored, space: space({ lr: float(1e-4, 1, { log: true }) }) });
    const wanted = { ...stored, ...change } as StudyOptions<ParamValues>;
    await expect(openOrCreateStudy(wanted)).rejects.toThrow(failure('INCOMPATIBLE_STUDY', says));
    await expect(openOrCreateStudy(wanted)).rejects.toThrow('another name');
  });

  it('says which studies there are when the one asked for is not', async () => {
    const given = options();
    await createStudy(given);
    await expect(loadStudy({ ...given, name: 'digit' })).rejects.toThrow(
      failure('STUDY_NOT_FOUND', 'there is: digits'),
    );
  });

  it.each([
    { name: 'no objective', change: { directions: [] } },
    { name: 'a metric too many', change: { metrics: ['mae', 'mse'] } },
    { name: 'a seed that is no integer', change: { seed: 0.5 } },
  ])('refuses $name', async ({ change }) => {
    await expect(createStudy(options(change))).rejects.toThrow(failure('BAD_OPTION'));
  });
});
