import { createSampler, randomSampler, SAMPLER_NAMES, tpeSampler } from '@assay/sampler';
import { categorical, choice, float, int, ordered, type Space, space, validateValues } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy } from './open-study.js';
import type { StudyEvent } from './study-event.js';

const before = space({ x: float(0, 1), way: categorical(['left', 'right']), size: ordered(['s', 'm', 'l']) });

/** Four trials on the space as it was. */
async function studyOfFour(sampler = randomSampler()) {
  const store = new MemoryStudyStore();
  const study = await createStudy({ store, name: 'changing', space: before, sampler, seed: 1 });
  for (let i = 0; i < 4; i++) await study.tell(await study.ask(), i);
  return { store, study };
}

async function goOn<P>(store: MemoryStudyStore, changed: Space<P>) {
  const study = await loadStudy({ store, name: 'changing', space: changed });
  const events: StudyEvent[] = [];
  study.subscribe((event) => events.push(event));
  await study.optimize(() => 0, { trials: 12 });
  const said = events.flatMap((event) => (event.type === 'log' ? [{ level: event.level, line: event.line }] : []));
  return { said, trials: await study.trials(), stored: (await store.findStudy('changing'))!.definition!.space };
}

describe('a study that goes on in another space', () => {
  it.each([
    {
      name: 'a range',
      changed: space({ ...{ x: float(0.25, 4) }, way: categorical(['left', 'right']), size: ordered(['s', 'm', 'l']) }),
      says: [{ level: 'info', line: "'x' takes a number in [0.25, 4]; so far it was a number in [0, 1]" }],
    },
    {
      name: 'choices',
      changed: space({ x: float(0, 1), way: categorical(['right', 'up']), size: ordered(['s', 'm', 'l']) }),
      says: [
        {
          level: 'warning',
          line: `'way' takes one of "right", "up"; so far it was one of "left", "right": earlier trials keep their labels, and Optuna can no longer continue this study`,
        },
      ],
    },
  ])('$name: says so, stores it, and keeps what was', async ({ changed, says }) => {
    const { store, study } = await studyOfFour(tpeSampler({ startup: 2 }));
    const old = await study.trials();
    const { said, trials, stored } = await goOn(store, changed as Space<unknown>);
    expect(said).toEqual(says);
    expect(trials.slice(0, 4)).toEqual(old);
    expect(trials).toHaveLength(16);
    for (const { params } of trials.slice(4)) expect(changed.encode(changed.decode(params) as never)).toEqual(params);
    expect(stored).toEqual(changed.parameters);
    expect((await goOn(store, changed as Space<unknown>)).said).toEqual([]);
  });

  // A grid goes by draws: it goes on in the new one where it was in the old one.
  it.each(SAMPLER_NAMES.filter((name) => name !== 'grid').map((name) => ({ name })))(
    '$name suggests inside of the new space only',
    async ({ name }) => {
      const sampler = createSampler(name);
      const store = new MemoryStudyStore();
      const study = await createStudy({ store, name: 'changing', space: before, sampler, seed: 1 });
      await study.optimize(({ values: { x, way } }) => (Number(x) - 0.9) ** 2 + (way === 'left' ? 0 : 1), {
        trials: 30,
      });
      const changed = space({ x: float(1.5, 4), way: categorical(['right', 'up']), size: ordered(['s', 'm', 'l']) });
      const { trials } = await goOn(store, changed as Space<unknown>);
      const added = trials.slice(30);
      expect(added).toHaveLength(12);
      for (const { params } of added) expect(() => validateValues(changed.parameters, params)).not.toThrow();
    },
  );

  it('ends a trial that waits with a value that is gone', async () => {
    const { store, study } = await studyOfFour();
    await study.enqueue({ x: 0.5, way: 'left', size: 'm' });
    const changed = space({ x: float(0, 1), way: categorical(['right', 'up']), size: ordered(['s', 'm', 'l']) });
    const { trials } = await goOn(store, changed as Space<unknown>);
    expect(trials[4]).toMatchObject({ state: 'failed', end: { reason: 'invalid-value' } });
    expect(trials.slice(5).map(({ state }) => state)).toEqual(Array(12).fill('complete'));
  });

  it.each([
    {
      name: 'the values of an ordered list, which is stored by position',
      changed: space({ x: float(0, 1), way: categorical(['left', 'right']), size: ordered(['m', 'l']) }),
    },
    {
      name: 'a choice that is now a branch of its own',
      changed: space({
        x: float(0, 1),
        way: choice({ left: {}, right: { speed: float(0, 1) } }),
        size: ordered(['s']),
      }),
    },
  ])('is refused for $name', async ({ changed }) => {
    const { store } = await studyOfFour();
    const wanted = { store, name: 'changing', space: changed as Space<unknown> };
    await expect(loadStudy(wanted)).rejects.toMatchObject({ code: 'INCOMPATIBLE_STUDY' });
  });
});

describe('a study of another tool, whose space nobody stored', () => {
  const kept = { values: [1], constraints: [], reports: [], rungs: [], startedMs: 0, finishedMs: 1 } as const;
  const trial = { ...kept, id: 0, state: 'complete', draw: null, retryOf: null, note: null, end: null } as const;
  const distributions = {
    x: { kind: 'float', low: 0, high: 1, log: false, step: null },
    way: { kind: 'categorical', choices: ['left', 'right'] },
    odd: { kind: 'foreign', json: '{}', choices: ['[1]'] },
  } as const;

  async function theirs(): Promise<MemoryStudyStore> {
    const store = new MemoryStudyStore();
    const study = {
      name: 'changing',
      directions: ['minimize'],
      metrics: [],
      definition: null,
      createdMs: null,
    } as const;
    const { id } = await store.importStudy(study);
    const [early, late] = [
      { x: 0.5, odd: '[1]' },
      { x: 0.5, way: 'left' },
    ];
    const bare = { ...trial, number: 0, params: early, attributes: {}, distributions };
    await store.importTrials(id, [bare, { ...bare, number: 1, params: late }]);
    return store;
  }

  it.each([
    { name: 'a kind', changed: space({ x: int(0, 1) }), says: /'x' is float: .*, not int/ },
    { name: 'a scale', changed: space({ x: float(0.1, 1, { log: true }) }), says: /'x' is float: .* on a log scale/ },
    {
      name: 'a list of values',
      changed: space({ way: ordered(['left', 'right']) }),
      says: /'way' is categorical.*ordered/,
    },
  ])('goes on with no other $name', async ({ changed, says }) => {
    const loaded = loadStudy({ store: await theirs(), name: 'changing', space: changed as Space<unknown> });
    await expect(loaded).rejects.toMatchObject({
      code: 'INCOMPATIBLE_STUDY',
      message: expect.stringMatching(says) as string,
    });
  });

  it('goes on in other ranges and choices, says so, and takes parameters that no trial has yet', async () => {
    const store = await theirs();
    const changed = space({ x: float(0, 2), way: categorical(['right', 'left']), odd: int(0, 1), more: int(0, 9) });
    const study = await loadStudy({ store, name: 'changing', space: changed });
    const lines: string[] = [];
    study.subscribe((event) => void (event.type === 'log' && lines.push(event.line)));
    await study.optimize(() => 0, { trials: 2 });
    expect(lines).toEqual([
      "'x' takes a number in [0, 2]; so far it was a number in [0, 1]",
      expect.stringMatching(/^'way' takes one of "right", "left"; .* Optuna can no longer continue this study$/),
    ]);
    expect(await study.trials()).toHaveLength(4);
  });
});
