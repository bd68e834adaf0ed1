import type { Confirmation } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { confirmationTable, formatMean, verdict } from './confirmation-text.js';
import type { Searched } from './front.js';
import { trialRecord } from './testing/trial-records.js';

it.each([
  { mean: 1.81234, error: 0.0042, text: '1.8123 ± 0.0042' },
  { mean: 1.81234, error: 0.31, text: '1.81 ± 0.31' },
  { mean: 181.234, error: 31.5, text: '181 ± 32' },
  { mean: 1.81234, error: 0, text: '1.81234 ± 0' },
  { mean: 1.8123456, error: null, text: '1.81235' },
  { mean: Number.POSITIVE_INFINITY, error: null, text: '+inf' },
  { mean: -0.00001, error: 0.0028, text: '0.0000 ± 0.0028' },
  { mean: 3.25e-20, error: 2.13e-20, text: '3.25e-20 ± 2.1e-20' },
])('formatMean($mean, $error) is $text', ({ mean, error, text }) => expect(formatMean(mean, error)).toBe(text));

const study: Searched = { name: 'rides', directions: ['minimize'], metrics: ['mae'], definition: null };

function confirmed(number: number, rank: number, constraints: readonly number[] = []): Confirmation {
  const trial = trialRecord(number, { state: 'complete', values: [1.5], params: { lr: 0.1 } });
  return { trial, rank, constraints, repeats: 3, values: [1 + rank], standardErrors: [0.25] };
}

describe('verdict', () => {
  it.each([
    { name: 'nothing confirmed', confirmations: [], says: '' },
    {
      name: 'one ranks first',
      confirmations: [confirmed(7, 1), confirmed(3, 2)],
      says: 'by fresh runs rides@7 is the best: mae 2.00 ± 0.25\n',
    },
    {
      name: 'several rank first',
      confirmations: [confirmed(3, 1), confirmed(7, 1), confirmed(9, 2)],
      says: 'by fresh runs no other one beats trials 3, 7\n',
    },
    { name: 'all broke a constraint', confirmations: [confirmed(3, 1, [2])], says: 'by fresh runs none is feasible\n' },
  ])('$name', ({ confirmations, says }) => expect(verdict(study, confirmations)).toBe(says));
});

it('the table shows what was, and what fresh runs say', () => {
  expect(confirmationTable(study, [confirmed(7, 1), confirmed(12, 2, [0.1])])).toBe(
    [
      '      rank  trial  mae    confirmed  runs  parameters',
      '         1      7  1.5  2.00 ± 0.25     3  lr=0.1',
      'infeasible     12  1.5  3.00 ± 0.25     3  lr=0.1',
      '',
    ].join('\n'),
  );
});
