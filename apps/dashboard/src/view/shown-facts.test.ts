import { expect, it } from 'vitest';
import { aController, aSnapshot } from '../testing/scenes.test.kit.js';
import { aRunningTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';

const facts = [
  { label: 'data', value: 'rides' },
  { label: 'sampler', value: 'auto' },
];
const shown = (given: Parameters<typeof aSnapshot>[0]): readonly string[] =>
  aController({ snapshot: aSnapshot({ facts, ...given }) })
    .scene()
    .facts.map(({ label, value }) => `${label} ${value}`);

it.each([
  { name: 'without any note', trials: [aTrial(0)], first: 'data rides' },
  {
    name: 'in the latest trial',
    trials: [aTrial(0, { note: { auto: 'tpe' } }), aTrial(1, { note: { auto: 'gp' } })],
    first: 'sampler auto: gp',
  },
  {
    name: 'of one that takes turns with others',
    trials: [aTrial(0, { note: { auto: 'tpe', turns: 'gp+tpe' } })],
    first: 'sampler auto: gp+tpe',
  },
  {
    name: 'in one that runs',
    trials: [aTrial(0, { note: { auto: 'tpe' } }), aRunningTrial(1, { note: { auto: 'gp', kernel: 1 } })],
    first: 'sampler auto: gp',
  },
  {
    name: 'before one that a person enqueued',
    trials: [aTrial(0, { note: { auto: 'tpe' } }), aTrial(1)],
    first: 'sampler auto: tpe',
  },
  {
    name: 'in a shape of its own',
    trials: [aTrial(0, { note: { auto: { name: 'tpe' } } }), aTrial(1, { note: ['auto'] })],
    first: 'data rides',
  },
])('the sampler that auto picked, from a note: $name', ({ trials, first }) => {
  expect(shown({ trials })[0]).toBe(first);
});

it('the sampler that goes on is not said to pick, though auto did before', () => {
  const tpe = [{ label: 'sampler', value: 'tpe' }];
  expect(shown({ facts: tpe, trials: [aTrial(0, { note: { auto: 'gp' } }), aTrial(1)] })).toEqual(['sampler tpe']);
});

it('the best value of each objective, and the volume that the front dominates', () => {
  const study = aStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'speed'] });
  const trials = [aTrial(0, { values: [1, 10] }), aTrial(1, { values: [2, 30] }), aTrial(2, { values: [3, 5] })];
  // From the corner (2.1, 8), a tenth of the ranges beyond the front: 1.1 x 2 of the first and 0.1 x 22 of the second, less what both have.
  expect(shown({ study, trials }).slice(0, 3)).toEqual(['best mae 1', 'best speed 30', 'hypervolume 4.2']);
});

it('nothing is added for one objective', () => {
  expect(shown({ trials: [aTrial(0)] })).toEqual(['data rides', 'sampler auto']);
});
