import { expect, it } from 'vitest';
import { aStudy } from '../testing/trials.test.kit.js';
import { storedFacts } from './stored-facts.js';

const { definition } = aStudy();
const plain = definition!;

it.each([
  { name: 'by another tool', given: null, told: [] },
  { name: 'with nothing to tell but its data', given: plain, told: ['data real rides'] },
  {
    name: 'with all that there is',
    given: {
      ...plain,
      sampler: { name: 'auto', settings: {} },
      pruner: { name: 'wilcoxon' },
      pruneMetric: 'mae',
      repeats: { count: 3, aggregate: 'median' as const },
      warmStart: { study: 'earlier', trials: 40 },
    },
    told: [
      'data real rides',
      'sampler auto',
      'pruner wilcoxon by mae',
      'repeats 3 (median)',
      'warm start 40 trials of earlier',
    ],
  },
  {
    name: 'with a fact of the same name',
    given: { ...plain, facts: { sampler: ['mine'] }, sampler: { name: 'auto' } },
    told: ['sampler ["mine"]'],
  },
])('a study that was made $name', ({ given, told }) => {
  expect(storedFacts(aStudy({ definition: given })).map(({ label, value }) => `${label} ${value}`)).toEqual(told);
});
