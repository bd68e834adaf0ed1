import { type Observation, randomSampler } from '@assay/sampler';
import { float, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import type { Problem } from '../problems/problem.js';
import { challengeOf } from './challenge.js';
import { regretsOf } from './regrets.js';
import { samplerSearch } from './sampler-search.js';
import type { StartSearch } from './searcher.js';
import { simulate, type Task } from './simulate.js';

const LINE = space({ x: float(0, 1) }).parameters;

const task: Task = {
  space: LINE,
  objectives: 1,
  evaluate: ({ x }) => ({ values: [x as number], constraints: [] }),
};

/** Tries the given values in turn, and keeps what it was told. */
function scripted(xs: readonly number[], told: Observation[] = []): StartSearch {
  return async () => ({
    ask: async (number) => (number < xs.length ? { params: { x: xs[number]! } } : null),
    tell: async (trial) => {
      told.push(trial);
    },
  });
}

const line = (loss: (x: number) => number): Problem => ({
  name: 'line',
  parameters: LINE,
  optimum: 0,
  loss: ({ x }) => loss(x as number),
});

describe('simulate', () => {
  it.each([1, 2, 5])('keeps %i trials in flight', async (workers) => {
    const inFlight: number[] = [];
    const start: StartSearch = async () => {
      let open = 0;
      return {
        ask: async () => {
          inFlight.push(++open);
          return { params: { x: 0 } };
        },
        tell: async () => {
          open -= 1;
        },
      };
    };
    const finished = await simulate(start, task, { trials: 20, seed: 3, workers });
    expect(finished.map(({ number }) => number).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i));
    expect(inFlight.slice(workers - 1)).toEqual(Array.from({ length: 21 - workers }, () => workers));
  });

  it('lets trials end in an order that the seed alone decides', async () => {
    const run = { trials: 30, seed: 1, workers: 4 };
    const order = async (start: StartSearch, seed: number): Promise<readonly number[]> =>
      (await simulate(start, task, { ...run, seed })).map(({ number }) => number);
    const xs = Array.from({ length: 30 }, () => 0.5);
    const first = await order(scripted(xs), 1);
    expect(await order(samplerSearch(randomSampler()), 1)).toEqual(first);
    expect(await order(scripted(xs), 2)).not.toEqual(first);
    expect(first).not.toEqual(first.toSorted((a, b) => a - b));
  });

  it('ends early when nothing is left to try, after telling every trial', async () => {
    const told: Observation[] = [];
    const finished = await simulate(scripted([0.1, 0.2, 0.3], told), task, { trials: 10, seed: 0, workers: 2 });
    expect(finished).toHaveLength(3);
    expect(told).toEqual(finished);
  });

  it('hands a sampler its history by number, its own notes, and what runs', async () => {
    const seen: { history: readonly Observation[]; running: readonly Observation[] }[] = [];
    const spy = samplerSearch({
      name: 'spy',
      settings: {},
      suggest: ({ history, running, number }) => {
        seen.push({ history, running });
        return { params: { x: 0 }, note: `made ${number}` };
      },
    });
    await simulate(spy, task, { trials: 12, seed: 5, workers: 3 });
    for (const { history, running } of seen) {
      const all = [...history, ...running].map(({ number }) => number);
      expect(all.toSorted((a, b) => a - b)).toEqual(Array.from({ length: all.length }, (_, i) => i));
      expect(history).toEqual(history.toSorted((a, b) => a.number - b.number));
      for (const { note, number } of [...history, ...running]) expect(note).toBe(`made ${number}`);
    }
    expect(seen.at(-1)!.running).toHaveLength(2);
  });
});

describe('regretsOf', () => {
  const plan = { seeds: 1, budgets: [1, 2, 3, 5], workers: 1 };

  it('takes the regret of the best so far, and keeps it when the search has ended', async () => {
    expect(await regretsOf(scripted([0.5, 0.7, 0.2]), challengeOf(line((x) => x)), plan)).toEqual({
      1: [0.5],
      2: [0.5],
      3: [0.2],
      5: [0.2],
    });
  });

  it('is infinite until a trial is feasible, and never counts an infeasible one', async () => {
    const above = { ...line((x) => x), constraints: ({ x }: Observation['params']) => [0.4 - (x as number)] };
    expect(await regretsOf(scripted([0.1, 0.7, 0.2, 0.5]), challengeOf(above), plan)).toEqual({
      1: [Infinity],
      2: [0.7],
      3: [0.7],
      5: [0.5],
    });
  });

  it('believes the observed losses, and then counts the true one', async () => {
    const noisy = { ...line((x) => x), noise: 100 };
    const [regret] = (await regretsOf(scripted([0.1, 0.2, 0.3, 0.4, 0.5]), challengeOf(noisy), plan))[5]!;
    const told: Observation[] = [];
    const measured = {
      ...task,
      evaluate: ({ x }: Observation['params'], rng: { next(): number }) => ({
        values: [x as number, rng.next()],
        constraints: [],
      }),
    };
    await simulate(scripted([0.1, 0.2], told), measured, { trials: 2, seed: 0, workers: 1 });
    expect([0.1, 0.2, 0.3, 0.4, 0.5]).toContain(regret);
    expect(told[0]!.values[1]).not.toBe(told[1]!.values[1]);
  });
});
