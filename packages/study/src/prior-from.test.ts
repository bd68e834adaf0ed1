import { createRng, randomSampler } from '@assay/sampler';
import {
  categorical,
  choice,
  contains,
  float,
  int,
  isActive,
  ordered,
  type ParamValues,
  repeat,
  type SearchSpace,
  space,
} from '@assay/space';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { fillOpen } from './open-params.js';
import { createStudy, loadStudy } from './open-study.js';
import { MOST_PRIOR_TRIALS, type PriorTarget, priorFrom } from './prior-from.js';
import { aTrial, trialsAt } from './testing/trial-fixtures.js';
import type { TrialRecord } from './trial-record.js';

const EARLIER = { name: 'earlier', directions: ['minimize'], metrics: ['mae'] } as const;

function target({ parameters }: { readonly parameters: SearchSpace }, changes: Partial<PriorTarget> = {}): PriorTarget {
  return { space: parameters, directions: ['minimize'], metrics: ['mae'], ...changes };
}

function priorOf(trials: readonly TrialRecord[], to: PriorTarget) {
  return priorFrom({ study: EARLIER, trials }, to);
}

const OTHER = space({ other: int(0, 1) }).parameters;

describe('parameters', () => {
  it.each([
    { name: 'on the lower bound', to: space({ x: float(2, 4) }), x: 2, gives: 2 },
    { name: 'below the range', to: space({ x: float(2, 4) }), x: 1.9, gives: undefined },
    { name: 'above the range', to: space({ x: float(2, 4) }), x: 4.1, gives: undefined },
    { name: 'on another scale', to: space({ x: float(1, 100, { log: true }) }), x: 50, gives: 50 },
    { name: 'onto a grid', to: space({ x: float(0, 1, { step: 0.25 }) }), x: 0.7, gives: 0.75 },
    { name: 'a float for whole numbers', to: space({ x: int(1, 9) }), x: 3.4, gives: 3 },
    { name: 'a whole number for every second one', to: space({ x: int(0, 10, { step: 2 }) }), x: 6, gives: 6 },
    { name: 'a number beyond whole ones', to: space({ x: int(1, 9, { log: true }) }), x: 9.4, gives: undefined },
    { name: 'an equal choice', to: space({ x: categorical(['b', 'a']) }), x: 'a', gives: 'a' },
    { name: 'a choice that is gone', to: space({ x: categorical(['b', 'c']) }), x: 'a', gives: undefined },
    { name: 'null, a choice like others', to: space({ x: categorical(['b', null]) }), x: null, gives: null },
    { name: 'a look-alike', to: space({ x: categorical(['1', '2']) }), x: 1, gives: undefined },
    { name: 'a number among ordered ones', to: space({ x: ordered([16, 32, 64]) }), x: 32, gives: 32 },
    { name: 'text where numbers are', to: space({ x: float(0, 9) }), x: '5', gives: undefined },
    { name: 'another name', to: space({ renamed: float(0, 9) }), x: 5, gives: undefined },
  ])('$name: $x gives $gives', ({ to, x, gives }) => {
    const [observation] = priorOf(trialsAt({ x, other: 1 }), target({ parameters: [...to.parameters, ...OTHER] }));
    expect(observation?.params).toEqual(gives === undefined ? { other: 1 } : { x: gives, other: 1 });
  });

  const optimizer = choice({ adam: { beta: float(0, 1) }, sgd: { momentum: float(0, 0.99) } });
  it.each([
    {
      name: 'keeps the branch that is taken',
      params: { optimizer: 'sgd', 'optimizer.sgd.momentum': 0.5 },
      gives: { optimizer: 'sgd', 'optimizer.sgd.momentum': 0.5 },
    },
    {
      name: 'drops what another branch leaves inactive',
      params: { optimizer: 'adam', 'optimizer.sgd.momentum': 0.5 },
      gives: { optimizer: 'adam' },
    },
    {
      name: 'drops children whose parent is gone',
      params: { optimizer: 'lion', 'optimizer.sgd.momentum': 0.5, layers: 1 },
      gives: { layers: 1 },
    },
    {
      name: 'drops elements beyond the count, and those of a count out of range',
      params: { layers: 2, 'units[0]': 4, 'units[1]': 99, 'units[2]': 6 },
      gives: { layers: 2, 'units[0]': 4 },
    },
    {
      name: 'elements without their count',
      params: { layers: 7, 'units[0]': 4, optimizer: 'adam' },
      gives: { optimizer: 'adam' },
    },
  ])('$name', ({ params, gives }) => {
    const to = target(space({ optimizer, layers: int(1, 3), units: repeat('layers', int(2, 8)) }));
    expect(priorOf(trialsAt(params), to)[0]?.params).toEqual(gives);
  });

  it('gives a configuration of the same space back as it is; one of another fits the new space', () => {
    const wide = space({
      lr: float(1e-5, 1, { log: true }),
      layers: int(1, 6),
      units: repeat('layers', int(1, 64)),
      optimizer,
    });
    const narrow = space({
      lr: float(0.001, 0.1),
      layers: int(2, 4),
      units: repeat('layers', int(4, 64, { step: 4 })),
      optimizer: choice({ sgd: { momentum: float(0.2, 0.9, { step: 0.1 }) }, lion: {} }),
    });
    fc.assert(
      fc.property(fc.nat(2 ** 30), (seed) => {
        const params = fillOpen(wide.parameters, {}, createRng(seed));
        expect(priorOf(trialsAt(params), target(wide))[0]?.params).toEqual(params);
        for (const observation of priorOf(trialsAt(params), target(narrow))) {
          expectToFit(narrow.parameters, observation.params);
        }
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  function expectToFit(parameters: SearchSpace, params: ParamValues): void {
    for (const parameter of parameters.filter(({ name }) => Object.hasOwn(params, name))) {
      expect(isActive(parameter, params)).toBe(true);
      expect(contains(parameter.distribution, params[parameter.name])).toBe(true);
    }
  }
});

describe('trials', () => {
  const LINE = space({ x: float(0, 1e6) });

  it('are the finished ones of which something remains, without notes, pruned ones with their last report', () => {
    const reports = [
      { step: 1, value: 5 },
      { step: 2, value: 4 },
    ];
    const trials = [
      aTrial(0, { constraints: [-1, 2], reports, note: { generation: 1 } }),
      aTrial(1, { state: 'failed', values: [] }),
      aTrial(2, { state: 'pruned', values: [4], reports }),
      aTrial(3, { params: { y: 1 } }),
      aTrial(4, { state: 'running', values: [] }),
      aTrial(5, { state: 'waiting', values: [] }),
      aTrial(6, { state: 'pruned', values: [Infinity] }),
    ];
    const plain = { constraints: [], reports: [], note: null };
    expect(priorOf(trials, target(LINE))).toEqual([
      { ...plain, number: 0, state: 'complete', params: { x: 0 }, values: [0], constraints: [-1, 2] },
      { ...plain, number: 2, state: 'pruned', params: { x: 2 }, values: [4], reports: [{ step: 2, value: 4 }] },
      { ...plain, number: 6, state: 'pruned', params: { x: 6 }, values: [Infinity] },
    ]);
  });

  it('are at most as many as stated: half the best, half the most recent', () => {
    const count = 3 * MOST_PRIOR_TRIALS;
    // value = number: the best are the oldest
    const trials = Array.from({ length: count }, (_, number) => aTrial(number));
    const numbers = priorOf(trials, target(LINE)).map(({ number }) => number);
    const half = Array.from({ length: MOST_PRIOR_TRIALS / 2 }, (_, i) => i);
    expect(numbers).toEqual([...half, ...half.map((i) => count - MOST_PRIOR_TRIALS / 2 + i)]);
    const pruned = trials.map((trial) => ({ ...trial, state: 'pruned' as const }));
    expect(priorOf(pruned, target(LINE)).map(({ number }) => number)).toEqual(
      Array.from({ length: MOST_PRIOR_TRIALS }, (_, i) => count - MOST_PRIOR_TRIALS + i),
    );
  });
});

describe('objectives', () => {
  const one = trialsAt({ x: 0 });
  const two = [
    aTrial(0, { params: { x: 0 }, values: [7, 9] }),
    aTrial(1, { params: { x: 1 }, state: 'pruned', values: [] }),
  ];
  const from = (metrics: readonly string[], directions: PriorTarget['directions']) => ({
    name: 'earlier',
    metrics,
    directions,
  });
  const to = (metrics: readonly string[], directions: PriorTarget['directions']) =>
    target(space({ x: float(0, 9) }), { metrics, directions });

  it.each([
    {
      name: 'one, by another name',
      trials: one,
      study: from(['mse'], ['minimize']),
      target: to(['mae'], ['minimize']),
      values: [[0]],
    },
    {
      name: 'several in another order, by name',
      trials: two,
      study: from(['mae', 'rate'], ['minimize', 'maximize']),
      target: to(['rate', 'mae'], ['maximize', 'minimize']),
      values: [[9, 7], []],
    },
    {
      name: 'several without names, in order',
      trials: two,
      study: from([], ['minimize', 'maximize']),
      target: to(['mae', 'rate'], ['minimize', 'maximize']),
      values: [[7, 9], []],
    },
    {
      name: 'several by other names, in order',
      trials: two,
      study: from(['a', 'rate'], ['minimize', 'maximize']),
      target: to(['mae', 'rate'], ['minimize', 'maximize']),
      values: [[7, 9], []],
    },
  ])('$name', ({ trials, study, target: wanted, values }) => {
    expect(priorFrom({ study, trials }, wanted).map((observation) => observation.values)).toEqual(values);
  });

  it.each([
    {
      name: 'another direction',
      study: from(['mae'], ['maximize']),
      target: to(['mae'], ['minimize']),
      says: 'maximize mae, this one is to minimize mae',
    },
    {
      name: 'more of them',
      study: from(['a', 'b'], ['minimize', 'minimize']),
      target: to(['a'], ['minimize']),
      says: 'minimize a, minimize b',
    },
    {
      name: 'directions that do not follow the names',
      study: from(['a', 'b'], ['minimize', 'maximize']),
      target: to(['b', 'a'], ['minimize', 'maximize']),
      says: 'minimize a, maximize b, this one is to minimize b, maximize a',
    },
  ])('refuses $name', ({ study, target: wanted, says }) => {
    expect(() => priorFrom({ study, trials: [] }, wanted)).toThrow(
      expect.objectContaining({ code: 'INCOMPATIBLE_STUDY', message: expect.stringContaining(says) }),
    );
  });
});

it('is stored with the study: whoever resumes it sees the same prior, whatever became of the earlier study', async () => {
  const store = new MemoryStudyStore();
  const plane = space({ x: float(0, 1), y: float(0, 1) });
  const seen: unknown[] = [];
  const sampler = {
    ...randomSampler(),
    suggest: (context: Parameters<ReturnType<typeof randomSampler>['suggest']>[0]) => {
      seen.push(context.prior);
      return randomSampler().suggest(context);
    },
  };
  const earlier = await createStudy({ store, name: 'earlier', space: plane, sampler: randomSampler() });
  await earlier.optimize(({ params }) => params.x, { trials: 3 });
  const warmStart = { study: earlier.record, trials: await earlier.trials() };
  const given = { store, name: 'new', space: space({ x: float(0, 1) }), sampler };
  const study = await createStudy({ ...given, warmStart });
  expect(study.record.definition?.warmStart).toEqual({ study: 'earlier', trials: 3 });
  await earlier.optimize(({ params }) => params.x, { trials: 3 });
  await study.ask();
  await (await loadStudy(given)).ask();
  expect(seen[0]).toHaveLength(3);
  expect(seen[0]).toMatchObject(warmStart.trials.map(({ params: { x }, values }) => ({ params: { x }, values })));
  expect(seen[1]).toEqual(seen[0]);
});
