import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFailedTrial, aStudy, aTrial } from '../testing/trials.test.kit.js';
import { trialFields } from './trial-fields.js';
import { parseFilter } from './trial-filter.js';
import { sortTrials } from './trial-order.js';

const sgd = { lr: 0.5, layers: 2, 'units[0]': 64, 'units[1]': 32, optimizer: 'sgd', 'optimizer.sgd.momentum': 0.9 };
const trials = [
  aTrial(0),
  aTrial(1, { params: sgd, values: [1.8427] }),
  aFailedTrial(2),
  aTrial(3, { state: 'pruned', values: [], end: { reason: 'pruned', message: 'below the median' } }),
  aTrial(4, {
    state: 'pruned',
    values: [Number.POSITIVE_INFINITY],
    end: { reason: 'diverged', message: 'loss is NaN' },
  }),
];
const fields = trialFields(aStudy(), trials, ['optimizer', 'lr']);
const best = new Set([1]);

describe('a filter', () => {
  it.each([
    { text: '', found: [0, 1, 2, 3, 4] },
    { text: 'state=failed', found: [2] },
    { text: 'STATE=Failed', found: [2] },
    { text: 'state!=complete', found: [2, 3, 4] },
    { text: 'failed', found: [2] },
    { text: 'diverged', found: [4] },
    { text: 'reason~thr', found: [2] },
    { text: '@3', found: [3] },
    { text: 'number>=3', found: [3, 4] },
    { text: 'lr>0.01', found: [1] },
    { text: 'lr=0.001', found: [0] },
    { text: 'mae<2', found: [1] },
    { text: 'value=1.8427', found: [1] },
    { text: 'optimizer=sgd', found: [1] },
    { text: 'momentum>0.5', found: [1] },
    { text: 'optimizer=sgd lr<0.1', found: [] },
    { text: 'units[1]=32', found: [1] },
    { text: 'time>=1', found: [0, 1, 2, 3, 4] },
    { text: 'lr>', found: [0, 1, 2, 3, 4] },
    { text: 'best', found: [1] },
    { text: 'Front optimizer=sgd', found: [1] },
  ])('"$text" finds $found', ({ text, found }) => {
    const { matches, problem } = parseFilter(text, fields, best);
    expect(trials.filter(matches).map(({ number }) => number)).toEqual(found);
    expect(problem).toBeNull();
  });

  it('says what it does not know, and applies the rest', () => {
    const { matches, problem } = parseFilter('state=failed dropuot>0.1', fields, best);
    expect(problem).toContain("no 'dropuot'");
    expect(trials.filter(matches)).toHaveLength(1);
  });

  it('takes any text', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(trials.filter(parseFilter(text, fields, best).matches).length).toBeLessThanOrEqual(trials.length);
      }),
    );
  });
});

describe('sorting', () => {
  const field = (name: string) => fields.find((each) => each.name === name)!;
  it.each([
    { by: '#', descending: true, order: [4, 3, 2, 1, 0] },
    { by: 'mae', descending: false, order: [1, 0, 4, 2, 3] },
    { by: 'mae', descending: true, order: [4, 0, 1, 2, 3] },
    { by: 'optimizer', descending: true, order: [1, 0, 2, 3, 4] },
    { by: 'optimizer.sgd.momentum', descending: false, order: [1, 0, 2, 3, 4] },
  ])('by $by, descending $descending: those without a value last', ({ by, descending, order }) => {
    expect(sortTrials(trials, field(by), descending).map(({ number }) => number)).toEqual(order);
  });

  it('puts NaN where missing values are', () => {
    const withNaN = [aTrial(0, { values: [Number.NaN] }), aTrial(1)];
    for (const descending of [false, true]) {
      expect(sortTrials(withNaN, field('mae'), descending).map(({ number }) => number)).toEqual([1, 0]);
    }
  });
});

describe('fields', () => {
  it('name every objective and every parameter, the important ones first', () => {
    const study = aStudy({ directions: ['minimize', 'maximize'], metrics: ['mae', 'speed'] });
    expect(trialFields(study, [], ['lr']).map(({ name }) => name)).toEqual(
      ['#', 'state', 'mae', 'speed', 'time', 'reports', 'reason', 'lr', 'layers'].concat([
        'units[0]',
        'units[1]',
        'units[2]',
        'optimizer',
        'optimizer.sgd.momentum',
      ]),
    );
  });

  it('come from the trials where another tool made the study', () => {
    const names = trialFields(aStudy({ definition: null, metrics: [] }), [aTrial(0, { params: { x: 1 } })], []);
    expect(names.map(({ name }) => name)).toEqual(['#', 'state', 'value', 'time', 'reports', 'reason', 'x']);
  });
});
