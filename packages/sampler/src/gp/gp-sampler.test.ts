import { categorical, choice, float, int, type SearchSpace, space } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { axesOf } from '../axis.js';
import { complete, contextOf, randomTrials, running } from '../contexts.test.kit.js';
import type { Observation, Suggestion } from '../sampler.js';
import { sobolParams } from '../sobol/sobol-sampler.js';
import { gpSampler } from './gp-sampler.js';

const plane = space({ x: float(0, 1), y: float(0, 1) }).parameters;
const bowl = ({ x, y }: Observation['params']): number => ((x as number) - 0.3) ** 2 + ((y as number) - 0.6) ** 2;
const sampler = gpSampler();

/** A study in which one trial follows the other. */
function study(parameters: SearchSpace, trials: number, loss: (params: Observation['params']) => number) {
  const history: Observation[] = [];
  while (history.length < trials) {
    const number = history.length;
    const suggestion = sampler.suggest(contextOf(parameters, { history, draw: number }));
    if (suggestion === null) break;
    history.push({ ...complete(number, suggestion.params, loss(suggestion.params)), note: suggestion.note ?? null });
  }
  return history;
}

describe('gp sampler', () => {
  it('starts with scrambled Sobol points, five of them in two dimensions', () => {
    const own = study(plane, 6, bowl);
    const sobol = Array.from({ length: 6 }, (_, draw) => sobolParams(axesOf(plane), contextOf(plane, { draw })));
    expect(own.slice(0, 5).map(({ params }) => params)).toEqual(sobol.slice(0, 5));
    expect(own[5]!.params).not.toEqual(sobol[5]);
    expect(own.map(({ note }) => note !== null)).toEqual([false, false, false, false, false, true]);
  });

  it('starts every second trial at the best of an earlier study: 1st, 2nd, 4th', () => {
    const prior = randomTrials(plane, 20, bowl);
    const best = [...prior].sort((a, b) => a.values[0]! - b.values[0]!);
    const suggested = [0, 2, 4].map((draw) => sampler.suggest(contextOf(plane, { prior, draw }))!.params);
    expect(suggested).toEqual([best[0]!.params, best[1]!.params, best[3]!.params]);
    expect(sampler.suggest(contextOf(plane, { prior, draw: 1 }))!.params).toEqual(
      sobolParams(axesOf(plane), contextOf(plane, { draw: 1 })),
    );
  });

  it('gives different places to workers that know of each other', () => {
    const history = randomTrials(plane, 12); // values without a pattern: all the world is uncertain
    const flying: Observation[] = [];
    while (flying.length < 6) {
      const { params } = sampler.suggest(contextOf(plane, { history, running: flying, draw: 12 + flying.length }))!;
      flying.push(running(12 + flying.length, params));
    }
    const distances = flying.flatMap((a, i) =>
      flying.slice(i + 1).map((b) => Math.hypot(dx(a, b, 'x'), dx(a, b, 'y'))),
    );
    // without a word of each other, all would lie within a nudge, 0.03
    expect(Math.max(...distances)).toBeGreaterThan(0.5);
  });

  it('tries every configuration of a finite space once, then ends', () => {
    const { parameters } = space({
      n: int(1, 3),
      kind: choice({ a: {}, b: { size: categorical(['s', 'l']) } }),
    });
    const own = study(parameters, 20, ({ n }) => n as number);
    expect(own).toHaveLength(9);
    expect(new Set(own.map(({ params }) => JSON.stringify(params))).size).toBe(9);
    expect(
      sampler.suggest(contextOf(parameters, { history: own.slice(1), running: [running(0, own[0]!.params)] })),
    ).toBeNull();
  });

  it('holds a limited number of observations', () => {
    const history = randomTrials(plane, 60, bowl);
    const few = gpSampler({ observations: 20 });
    const suggestion = few.suggest(contextOf(plane, { history, draw: 60 }));
    const best = [...history].sort((a, b) => a.values[0]! - b.values[0]!).slice(0, 10);
    const known = new Set([...best, ...history.slice(0, 5)]);
    const latest = history.filter((trial) => !known.has(trial)).slice(known.size - 20);
    const told = [...known, ...latest];
    expect(suggestion?.params).toEqual(few.suggest(contextOf(plane, { history: told, draw: 60 }))?.params);
  });

  it('goes on from the hyperparameters in the latest note', () => {
    const own = study(plane, 25, bowl);
    const without = own.map((trial) => ({ ...trial, note: null }));
    const at = (history: readonly Observation[]): Suggestion =>
      sampler.suggest(contextOf(plane, { history, draw: 25 }))!;
    expect(Object.keys(at(own).note as object)).toEqual(['gp']);
    expect(at(own)).not.toEqual(at(without));
    expect(bowl(at(without).params)).toBeLessThan(0.01);
  });

  it('aims at different stretches of the front of two objectives', () => {
    const line = space({ x: float(0, 1), y: float(0, 1) }).parameters;
    const history = randomTrials(line, 25).map(({ number, params }) =>
      complete(
        number,
        params,
        (params.x as number) ** 2 + (params.y as number),
        (1 - (params.x as number)) ** 2 + (params.y as number),
      ),
    );
    const xs = Array.from({ length: 8 }, (_, i) => {
      const context = contextOf(line, { history, directions: ['minimize', 'minimize'], draw: 25 + i });
      return sampler.suggest(context)!.params;
    });
    expect(Math.max(...xs.map(({ x }) => x as number)) - Math.min(...xs.map(({ x }) => x as number))).toBeGreaterThan(
      0.4,
    );
    expect(xs.filter(({ y }) => (y as number) < 0.2).length).toBeGreaterThanOrEqual(6);
  });

  it.each([
    { options: { startup: 1 }, says: /startup must be auto or a whole number of at least 2, got 1/ },
    { options: { observations: 3 }, says: /observations must be a whole number of at least 10, got 3/ },
  ])('refuses $options', ({ options, says }) => {
    expect(() => gpSampler(options)).toThrow(
      expect.objectContaining({ code: 'BAD_OPTION', message: expect.stringMatching(says) }),
    );
  });
});

function dx(a: Observation, b: Observation, name: string): number {
  return (a.params[name] as number) - (b.params[name] as number);
}
