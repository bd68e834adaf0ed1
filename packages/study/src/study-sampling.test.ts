import { createPruner } from '@assay/pruner';
import {
  autoPick,
  autoSampler,
  gridSampler,
  randomSampler,
  type Sampler,
  type SamplerContext,
  tpeSampler,
} from '@assay/sampler';
import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy, openOrCreateStudy } from './open-study.js';
import { newOwner } from './owner.js';
import { LINE, logsOf, openLine, type Point } from './testing/optimize-fixtures.js';

const TWO = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;

/** Random points, and what the sampler was told when it made them. */
function listeningSampler(): { readonly sampler: Sampler; readonly heard: SamplerContext[] } {
  const heard: SamplerContext[] = [];
  const suggest: Sampler['suggest'] = (context) => {
    heard.push(context);
    return randomSampler().suggest(context);
  };
  return { sampler: { ...randomSampler(), suggest }, heard };
}

describe('what a sampler is told', () => {
  it.each([
    { name: 'nobody said', given: {}, budget: null },
    { name: '200', given: { budget: 200 }, budget: 200 },
  ])('the budget that the study was made with: $name', async ({ given, budget }) => {
    const { sampler, heard } = listeningSampler();
    const { study, options } = await openLine({ ...given, sampler });
    await study.ask();
    await (await loadStudy({ ...options, budget: 999 })).ask();
    expect(heard.map((context) => context.budget)).toEqual([budget, budget]);
    expect(heard.map(({ prior }) => prior)).toEqual([[], []]);
  });

  it('nothing of a later goal, which is stored for who joins: the largest', async () => {
    const { sampler, heard } = listeningSampler();
    const { study, options } = await openLine({ budget: 10, goal: 10, sampler });
    expect(study.record.definition?.goal).toBeNull();
    for (const [goal, stored] of [
      [5, null],
      [20, 20],
      [15, 20],
      [null, 20],
    ] as const) {
      const resumed = await loadStudy({ ...options, goal });
      expect(resumed.record.definition).toMatchObject({ goal: stored, budget: 10 });
      await resumed.ask();
    }
    expect(heard.map((context) => context.budget)).toEqual([10, 10, 10, 10]);
  });

  it('which objective is reported and how often it runs, also where parameters are named by the trial', async () => {
    const { sampler, heard } = listeningSampler();
    const given = { ...TWO, sampler, pruneMetric: 'rate', budget: 7, repeats: 3 };
    await (await openLine(given)).study.ask();
    const bare = await (await createStudy({ ...given, store: new MemoryStudyStore(), name: 'bare' })).ask();
    bare.suggestFloat('x', 0, 1);
    expect(heard.map(({ reportedObjective, budget, repeats }) => [reportedObjective, budget, repeats])).toEqual([
      [1, 7, 3],
      [1, 7, 3],
    ]);
  });

  it('pruned and diverged trials, of several objectives too, with their reports', async () => {
    const { sampler, heard } = listeningSampler();
    const pruner = createPruner('threshold:lower=0');
    const { study } = await openLine({ ...TWO, sampler, pruner, pruneMetric: 'rate' });
    await study.optimize(
      async ({ number, report }) => {
        if (number === 1) return { values: [1, Number.NaN] };
        await report(3, number === 0 ? -1 : 1);
        return { values: [1, 2] };
      },
      { until: 3 },
    );
    await study.ask();
    const { history } = heard.at(-1)!;
    expect(history.map(({ state, values, reports }) => [state, values, reports])).toEqual([
      ['pruned', [], [{ step: 3, value: -1 }]],
      ['pruned', [], []],
      ['complete', [1, 2], [{ step: 3, value: 1 }]],
    ]);
  });
});

describe('what a sampler says', () => {
  it('is logged once, when its trial starts', async () => {
    const talking: Sampler = {
      ...randomSampler(),
      suggest: (context) => ({
        ...randomSampler().suggest(context)!,
        ...(context.draw === 1 && { message: 'from now on the other one' }),
      }),
    };
    const { study, events } = await openLine({ sampler: talking });
    await study.optimize(() => 0, { trials: 3 });
    expect(logsOf(events)).toEqual([{ type: 'log', level: 'info', line: 'from now on the other one' }]);
    const told = events.findIndex(({ type }) => type === 'log');
    expect(events[told + 1]).toMatchObject({ type: 'trial-started', trial: { number: 1 } });
  });
});

describe('how a sampler goes about its trials', () => {
  const lines = (events: Parameters<typeof logsOf>[0]) => logsOf(events).map(({ line }) => line);
  /** From trial 3 on the other one; it says so at the change, and where it stands whenever it is asked. */
  const changing = (): Sampler => {
    const standing = (draw: number) => (draw < 3 ? 'the one' : 'the other one');
    return {
      ...randomSampler(),
      suggest: (context) => ({
        ...randomSampler().suggest(context)!,
        ...(context.draw % 3 === 0 && { message: standing(context.draw) }),
      }),
      explain: ({ draw }) => standing(draw),
    };
  };

  it('is logged when a run starts, also when it goes on as before, and not twice', async () => {
    const { study, events, options } = await openLine({ sampler: changing() });
    await study.optimize(() => 0, { trials: 2 });
    expect(events.slice(0, 3).map(({ type }) => type)).toEqual(['study-opened', 'log', 'trial-started']);
    expect(lines(events)).toEqual(['the one']);
    const again = await loadStudy(options);
    const resumed: Parameters<typeof logsOf>[0][number][] = [];
    again.subscribe((event) => resumed.push(event));
    await again.optimize(() => 0, { trials: 3 });
    expect(lines(resumed)).toEqual(['the one', 'the other one']);
  });

  it('is, of auto, what it picks and why; each of its trials says what was picked', async () => {
    const { study, events, options } = await openLine({ sampler: autoSampler() });
    await study.optimize(() => 0, { trials: 1 });
    const again = await loadStudy(options);
    const resumed: Parameters<typeof logsOf>[0][number][] = [];
    again.subscribe((event) => resumed.push(event));
    await again.optimize(() => 0, { trials: 1 });
    expect(lines(events)).toEqual([expect.stringMatching(/^auto picks \S+: \S/)]);
    expect(lines(resumed)).toEqual(lines(events));
    const [pick, ...others] = (await again.trials()).map(({ note }) => autoPick(note));
    expect(lines(events)[0]).toContain(`auto picks ${pick}:`);
    expect(others).toEqual([pick]);
  });

  it.each([null, 3, 'gp', ['gp'], {}, { auto: 1 }])('a note without a pick: %j', (note) => {
    expect(autoPick(note)).toBeNull();
  });

  it('is not said where trials name their parameters as they run, nor by who always does the same', async () => {
    const bare = await createStudy({ store: new MemoryStudyStore(), name: 'bare', sampler: changing() });
    const heard: Parameters<typeof logsOf>[0][number][] = [];
    bare.subscribe((event) => heard.push(event));
    await bare.optimize(() => 0, { trials: 1 });
    const { study, events } = await openLine();
    await study.optimize(() => 0, { trials: 1 });
    expect([...lines(heard), ...lines(events)]).toEqual([]);
  });
});

describe('pruning with several objectives', () => {
  const objective = async ({
    number,
    report,
  }: {
    number: number;
    report: (step: number, value: number) => unknown;
  }) => {
    // the first three make a median of 2 at step 0; from then on more is better for one metric, less for the other
    await report(0, [1, 2, 3, 0, 9][number]!);
    return { values: [0, 0] };
  };
  const pruner = createPruner('median:startup=3');

  it.each([
    { pruneMetric: 'mae', pruned: [4] },
    { pruneMetric: 'rate', pruned: [3] },
    { pruneMetric: undefined, pruned: [] },
  ])('goes by $pruneMetric and its direction: $pruned', async ({ pruneMetric, pruned }) => {
    const { study, events } = await openLine({ ...TWO, pruner, ...(pruneMetric !== undefined && { pruneMetric }) });
    await study.optimize(objective, { trials: 5 });
    const idle = logsOf(events).filter(({ level, line }) => level === 'warning' && line.includes('no pruneMetric'));
    expect(idle).toHaveLength(pruneMetric === undefined ? 1 : 0);
    const trials = await study.trials();
    expect(trials.filter(({ state }) => state === 'pruned').map(({ number }) => number)).toEqual(pruned);
    for (const number of pruned) {
      expect(trials[number]).toMatchObject({ values: [], reports: [{ step: 0 }], end: { reason: 'pruned' } });
    }
    await expect(study.best()).rejects.toMatchObject({ code: 'MULTI_OBJECTIVE' });
  });

  it('counts pruned and diverged trials as finished', async () => {
    const { study } = await openLine({ ...TWO, pruner: createPruner('threshold:upper=0'), pruneMetric: 'mae' });
    const reason = await study.optimize(
      async ({ number, report }) => {
        if (number % 2 === 0) return { values: [Number.NaN, 0] };
        await report(0, 1);
        return { values: [0, 0] };
      },
      { until: 4 },
    );
    expect(reason).toBe('until');
    expect((await study.trials()).map(({ state, end }) => [state, end?.reason])).toEqual([
      ['pruned', 'diverged'],
      ['pruned', 'pruned'],
      ['pruned', 'diverged'],
      ['pruned', 'pruned'],
    ]);
  });
});

describe('a new study', () => {
  it.each([
    { name: 'a grid over a continuous range', change: { sampler: gridSampler() }, code: 'NOT_A_GRID' },
    { name: 'a prune metric that is none', change: { pruneMetric: 'mse' }, code: 'BAD_OPTION' },
    { name: 'a budget that is no count', change: { budget: 0.5 }, code: 'BAD_OPTION' },
    { name: 'repeats that are no count', change: { repeats: 0 }, code: 'BAD_OPTION' },
    { name: 'first trials out of range', change: { enqueue: [{ x: 7 }] }, code: 'OUT_OF_RANGE' },
  ])('is not left behind when it is refused: $name', async ({ change, code }) => {
    const store = new MemoryStudyStore();
    await expect(openLine({ store, ...change })).rejects.toMatchObject({ code });
    expect(await store.listStudies()).toEqual([]);
  });

  it('refuses a warm start without a declared space', async () => {
    const { study } = await openLine();
    const warmStart = { study: study.record, trials: [] };
    const bare = createStudy({ store: new MemoryStudyStore(), name: 'bare', warmStart });
    await expect(bare).rejects.toThrow('needs a declared space');
  });

  it('has its first trials from the start, once, whoever creates it', async () => {
    const store = new MemoryStudyStore();
    const given = { store, name: 's', space: LINE, sampler: randomSampler(), enqueue: [{ x: 0.5 }, {}] };
    const [one, other] = await Promise.all([
      openOrCreateStudy<Point>({ ...given, owner: newOwner() }),
      openOrCreateStudy<Point>({ ...given, owner: newOwner() }),
    ]);
    expect((await one.trials()).map(({ state, params }) => [state, params])).toEqual([
      ['waiting', { x: 0.5 }],
      ['waiting', {}],
    ]);
    expect((await other.ask()).params).toEqual({ x: 0.5 });
  });
});

describe('an open study', () => {
  const stored = { ...TWO, repeats: { count: 3, aggregate: 'median' }, pruneMetric: 'mae' } as const;
  it.each([
    { name: 'fewer repeats', change: { repeats: 2 }, says: 'its trials run 3 times (median), not 2 times (mean)' },
    { name: 'another aggregate', change: { repeats: 3 }, says: 'not 3 times (mean)' },
    { name: 'none', change: { repeats: 1 }, says: 'not once' },
    { name: 'another prune metric', change: { pruneMetric: 'rate' }, says: "it prunes by 'mae', not 'rate'" },
  ])('refuses $name', async ({ change, says }) => {
    const { options } = await openLine(stored);
    await expect(loadStudy({ ...options, ...change })).rejects.toThrow(
      expect.objectContaining({ code: 'INCOMPATIBLE_STUDY', message: expect.stringContaining(says) }),
    );
  });

  it('keeps what is stored where nothing, or what changes nothing, is given', async () => {
    const { study, options } = await openLine(stored);
    const { repeats: _, pruneMetric: __, ...rest } = options;
    expect((await loadStudy(rest)).record).toEqual(study.record);
    const warmStart = { study: study.record, trials: [] };
    expect((await loadStudy({ ...options, budget: 5, warmStart, enqueue: [{ x: 0 }] })).record).toEqual(study.record);
    expect(await study.trials()).toEqual([]);
    const once = await openLine({ repeats: { count: 1, aggregate: 'median' } });
    await expect(loadStudy({ ...once.options, repeats: 1 })).resolves.toBeDefined();
  });

  it('stores another sampler or pruner that is given, for whoever comes next', async () => {
    const { study, options } = await openLine({ pruner: createPruner('median') });
    const { sampler: _, pruner: __, ...rest } = options;
    expect((await loadStudy({ ...rest, sampler: tpeSampler({ startup: 3 }) })).record).not.toEqual(study.record);
    await loadStudy({ ...rest, pruner: createPruner('none') });
    const { setup } = (await loadStudy(rest)).desk;
    expect([setup.sampler.name, setup.pruner.name]).toEqual(['tpe', 'none']);
    expect(setup.sampler.settings).toMatchObject({ startup: 3 });
  });

  it('checks the sampler that is given for it', async () => {
    const { options } = await openLine();
    await expect(loadStudy({ ...options, sampler: gridSampler() })).rejects.toMatchObject({ code: 'NOT_A_GRID' });
  });

  it('asks TPE for parameters one by one where the sampler is to be chosen by itself', async () => {
    const auto: Sampler = { ...randomSampler(), name: 'auto' };
    const study = await createStudy({ store: new MemoryStudyStore(), name: 'bare', sampler: auto });
    expect(study.desk.setup.sampler.name).toBe('tpe');
    expect((await study.ask()).suggestFloat('x', 0, 1)).toBeGreaterThanOrEqual(0);
    const declared = { store: new MemoryStudyStore(), name: 's', space: space({ x: float(0, 1) }), sampler: auto };
    expect((await createStudy(declared)).desk.setup.sampler).toBe(auto);
  });
});
