import { float, space } from '@assay/space';
import { expect, it } from 'vitest';
import { objectivesOf } from '../data/objectives.js';
import { aTrial } from '../testing/trials.test.kit.js';
import { weighedParameters } from './weighed-parameters.js';

const trials = Array.from({ length: 100 }, (_, i) =>
  aTrial(i, { params: { matters: (i % 10) / 9, noise: Math.floor(i / 10) / 9 }, values: [i % 10] }),
);

it.each([
  { name: 'by the declared space', declared: space({ matters: float(0, 1), noise: float(0, 1) }).parameters },
  { name: 'by what the trials have, where another tool made the study', declared: [] },
])('weighs parameters $name', ({ declared }) => {
  const weighed = weighedParameters(declared, trials, { kind: 'front' }, objectivesOf(null));
  expect(weighed).toEqual([
    { name: 'matters', importance: expect.closeTo(1, 3) },
    { name: 'noise', importance: expect.closeTo(0, 3) },
  ]);
});
