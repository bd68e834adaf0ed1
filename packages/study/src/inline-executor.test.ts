import { setImmediate as nextTurn } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { inlineExecutor } from './inline-executor.js';
import { optimize } from './optimize.js';
import type { Objective } from './study-spec.js';
import { LINE, openLine, type Point } from './testing/optimize-fixtures.js';

describe('inlineExecutor', () => {
  it('keeps to the time limit at reports', async () => {
    const { study } = await openLine();
    const objective: Objective<Point> = async (trial) => {
      const endMs = performance.now() + 15;
      while (performance.now() < endMs) await nextTurn();
      return (await trial.report(1, 1)) === 'stop' ? 99 : 1;
    };
    await study.optimize(objective, { trials: 1, trialTimeLimitMs: 5 });
    expect(await study.trials()).toMatchObject([{ state: 'failed', end: { reason: 'timed-out' } }]);
    await study.optimize(objective, { trials: 1, trialTimeLimitMs: 10_000 });
    expect((await study.trials())[1]).toMatchObject({ state: 'complete' });
  });

  it('hands over data, a gate and a seed that a retry shares', async () => {
    const { study } = await openLine();
    const seeds: number[] = [];
    const spec = {
      space: LINE,
      metrics: ['value'],
      objective: async (trial: Parameters<Objective<Point, { rows: number }>>[0]) => {
        seeds.push(trial.seed);
        return await trial.gate.run(async () => trial.data.rows);
      },
    };
    const run = inlineExecutor(spec, { workers: 1, data: { rows: 7 } });
    await optimize(study, run, { trials: 2 });
    await run.close();
    expect(await study.trials()).toMatchObject([{ values: [7] }, { values: [7] }]);
    expect(new Set(seeds).size).toBe(2);
    for (const seed of seeds) expect(Number.isInteger(seed) && seed >= 0 && seed < 2 ** 32).toBe(true);
  });
});
