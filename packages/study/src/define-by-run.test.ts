import { randomSampler, type Sampler, tpeSampler } from '@assay/sampler';
import { describe, expect, expectTypeOf, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy } from './open-study.js';
import { failure, options } from './study.test.kit.js';
import { climbingSampler } from './testing/climbing-sampler.js';

describe('define by run', () => {
  const bare = (store = new MemoryStudyStore()) => ({ store, name: 'bare', sampler: randomSampler(), seed: 3 });

  it('records what the trial names, as a declared space would', async () => {
    const study = await createStudy(bare());
    const trial = await study.ask();
    const lr = trial.suggestFloat('lr', 1e-4, 1, { log: true });
    const layers = trial.suggestInt('layers', 1, 3);
    const kind = trial.suggestCategorical('kind', ['adam', 'sgd', null]);
    expectTypeOf(kind).toEqualTypeOf<'adam' | 'sgd' | null>();
    expect(trial.suggestFloat('lr', 1e-4, 1, { log: true })).toBe(lr);
    expect(layers).toBeOneOf([1, 2, 3]);
    const told = await study.tell(trial, lr);
    expect(Object.entries(told.params)).toEqual([
      ['lr', lr],
      ['layers', layers],
      ['kind', kind],
    ]);
    expect(await study.trials()).toMatchObject([{ params: told.params, state: 'complete' }]);
  });

  it('is the same for the same seed, and gives fixed values back', async () => {
    const runs = await Promise.all(
      [bare(), bare()].map(async (given) => {
        const study = await createStudy(given);
        await study.enqueueValues({ x: 0.25 });
        const values = [];
        for (let i = 0; i < 4; i++) {
          const trial = await study.ask();
          values.push(trial.suggestFloat('x', 0, 1), trial.suggestFloat('y', 0, 1));
          await study.tell(trial, 0);
        }
        return values;
      }),
    );
    expect(runs[0]).toEqual(runs[1]);
    expect(runs[0]?.[0]).toBe(0.25);
    expect(new Set(runs[0]).size).toBe(8);
  });

  it.each([1, 2, 3])('learns with TPE which choice is best, again and again the same one (seed %i)', async (seed) => {
    // Uniform choices of 3: 20 or more of 30 alike happen with probability 2e-4.
    const picks = async (sampler: Sampler): Promise<number> => {
      const study = await createStudy({ store: new MemoryStudyStore(), name: 'bare', sampler, seed });
      for (let i = 0; i < 60; i++) {
        const trial = await study.ask();
        const kind = trial.suggestCategorical('kind', ['a', 'b', 'c']);
        await study.tell(trial, (kind === 'b' ? 0 : 1) + trial.suggestFloat('x', 0, 0.1));
      }
      return (await study.trials()).slice(30).filter(({ params }) => params.kind === 'b').length;
    };
    expect(await picks(tpeSampler())).toBeGreaterThanOrEqual(20);
    expect(await picks(randomSampler())).toBeLessThan(20);
  });

  it('keeps parameters apart: they do not follow one sequence', async () => {
    const study = await createStudy({ ...bare(), sampler: tpeSampler() });
    const points: [number, number][] = [];
    for (let i = 0; i < 10; i++) {
      const trial = await study.ask();
      points.push([trial.suggestFloat('x', 0, 1), trial.suggestFloat('y', 0, 1)]);
      await study.tell(trial, 0);
    }
    expect(points.filter(([x, y]) => Math.abs(x - y) < 1e-6)).toEqual([]);
  });

  it('refuses what it cannot answer', async () => {
    const study = await createStudy(bare());
    await study.enqueueValues({ x: 7 });
    const trial = await study.ask();
    expect(() => trial.suggestFloat('x', 0, 1)).toThrow(failure('BAD_PARAMS', "'x' is fixed to 7"));
    trial.suggestInt('n', 1, 4);
    expect(() => trial.suggestFloat('n', 1, 4)).toThrow(failure('BAD_PARAMS', "'n' was a whole number in [1, 4]"));
    const declared = await (await createStudy(options())).ask();
    expect(() => declared.suggestFloat('lr', 0, 1)).toThrow(failure('NO_SUGGEST', 'declares its space'));
    const climbing = await (await createStudy({ ...bare(), sampler: climbingSampler() })).ask();
    expect(() => climbing.suggestFloat('x', 0, 1)).toThrow(failure('NO_SUGGEST', 'needs the whole space'));
  });
});
