import type { Distribution, Parameter, SearchSpace } from '@assay/space';
import fc from 'fast-check';
import { randomSampler } from './random-sampler.js';
import { createRng } from './rng.js';
import type { Observation, SamplerContext } from './sampler.js';

export function contextOf(space: SearchSpace, given: Partial<SamplerContext> = {}): SamplerContext {
  const { draw = 0, studySeed = 1, history = [] } = given;
  return {
    space,
    directions: ['minimize'],
    history,
    running: [],
    prior: [],
    reportedObjective: 0,
    repeats: 1,
    budget: null,
    number: history.length,
    draw,
    studySeed,
    rng: createRng(studySeed).fork(draw),
    ...given,
  };
}

export function complete(number: number, params: Observation['params'], ...values: readonly number[]): Observation {
  return { number, state: 'complete', params, values, constraints: [], reports: [], note: null };
}

export function running(number: number, params: Observation['params']): Observation {
  return { ...complete(number, params), state: 'running' };
}

/** Trials at random places; their values are random unless given. */
export function randomTrials(
  space: SearchSpace,
  count: number,
  lossAt: (params: Observation['params'], number: number) => number = (_, number) => createRng(77).fork(number).next(),
): readonly Observation[] {
  return Array.from({ length: count }, (_, number) => {
    const { params } = randomSampler().suggest(contextOf(space, { draw: number, studySeed: 99 }))!;
    return complete(number, params, lossAt(params, number));
  });
}

const anyDistribution: fc.Arbitrary<Distribution> = fc.oneof(
  fc
    .record({ low: fc.double({ min: -100, max: 100, noNaN: true }), span: fc.double({ min: 0, max: 50, noNaN: true }) })
    .map(({ low, span }): Distribution => ({ kind: 'float', low, high: low + span, log: false, step: null })),
  fc.record({ low: fc.integer({ min: -9, max: 3 }), decades: fc.double({ min: 0.1, max: 9, noNaN: true }) }).map(
    ({ low, decades }): Distribution => ({
      kind: 'float',
      low: 10 ** low,
      high: 10 ** (low + decades),
      log: true,
      step: null,
    }),
  ),
  fc.record({ low: fc.integer({ min: -30, max: 30 }), steps: fc.nat(12) }).map(
    ({ low, steps }): Distribution => ({
      kind: 'float',
      low: low / 10,
      high: Number(((low + steps) / 10).toFixed(1)),
      log: false,
      step: 0.1,
    }),
  ),
  fc
    .record({ low: fc.integer({ min: -20, max: 20 }), steps: fc.nat(9), step: fc.integer({ min: 1, max: 4 }) })
    .map(({ low, steps, step }): Distribution => ({ kind: 'int', low, high: low + steps * step, log: false, step })),
  fc
    .record({ low: fc.integer({ min: 1, max: 9 }), span: fc.nat(60) })
    .map(({ low, span }): Distribution => ({ kind: 'int', low, high: low + span, log: true, step: 1 })),
  fc.constantFrom<Distribution>(
    { kind: 'categorical', choices: ['a', 'b', null, 7, true] },
    { kind: 'categorical', choices: ['only'] },
    { kind: 'ordered', values: [16, 64, 256, 'max'] },
  ),
);

/** A flat space of 1 to 7 parameters, each free or hanging from an earlier one. */
export const anySpace: fc.Arbitrary<SearchSpace> = fc
  .array(fc.tuple(anyDistribution, fc.nat(20), fc.nat(20)), { minLength: 1, maxLength: 7 })
  .map((seeds) => {
    const space: Parameter[] = [];
    for (const [distribution, parent, detail] of seeds) {
      space.push({ name: `p${space.length}`, distribution, condition: conditionOn(space[parent], detail) });
    }
    return space;
  });

function conditionOn(parent: Parameter | undefined, detail: number): Parameter['condition'] {
  if (parent?.distribution.kind === 'categorical') {
    const { choices } = parent.distribution;
    return { kind: 'equals', parent: parent.name, value: choices[detail % choices.length]! };
  }
  if (parent?.distribution.kind === 'int') {
    return { kind: 'above', parent: parent.name, index: parent.distribution.low + detail };
  }
  return null;
}

/** Every kind of value, state and constraint that a study can hand over. */
function anyTrial(space: SearchSpace, number: number, objectives: number): fc.Arbitrary<Observation> {
  const loss = fc.oneof(fc.double({ noNaN: false }), fc.constantFrom(0, 1, Infinity, -Infinity));
  return fc
    .record({
      draw: fc.nat(1000),
      state: fc.constantFrom<Observation['state']>('complete', 'pruned', 'running'),
      values: fc.array(loss, { minLength: objectives, maxLength: objectives }),
      constraints: fc.array(fc.double({ min: -1, max: 1 }), { maxLength: 2 }),
      reports: fc.array(fc.record({ step: fc.nat(9), value: loss }), { maxLength: 3 }),
      dropped: fc.boolean(),
    })
    .map(({ draw, state, values, dropped, ...rest }) => {
      const { params } = randomSampler().suggest(contextOf(space, { draw }))!;
      const kept = dropped ? Object.fromEntries(Object.entries(params).slice(1)) : params;
      return { number, state, params: kept, values: state === 'running' ? [] : values, note: null, ...rest };
    });
}

function anyTrials(space: SearchSpace, count: number, objectives: number): fc.Arbitrary<readonly Observation[]> {
  return fc.tuple(...Array.from({ length: count }, (_, number) => anyTrial(space, number, objectives)));
}

/**
 * A space and a study in it, with 1 or 2 objectives, every second time after an earlier study; trials may lack parameters,
 * as after a change of the space.
 */
export const anyContext: fc.Arbitrary<SamplerContext> = fc
  .tuple(
    anySpace,
    fc.nat(25),
    fc.integer({ min: -12, max: 12 }),
    fc.integer({ min: 1, max: 2 }),
    fc.nat(30),
    fc.nat(1000),
  )
  .chain(([space, count, earlier, objectives, draw, studySeed]) =>
    fc
      .tuple(anyTrials(space, count, objectives), anyTrials(space, Math.max(earlier, 0), objectives))
      .map(([trials, prior]) =>
        contextOf(space, {
          directions: (['minimize', 'maximize'] as const).slice(0, objectives),
          history: trials.filter(({ state }) => state !== 'running'),
          running: trials.filter(({ state }) => state === 'running'),
          prior: prior.filter(({ state }) => state !== 'running'),
          number: count,
          draw,
          studySeed,
        }),
      ),
  );
