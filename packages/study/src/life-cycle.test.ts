import { expect, it } from 'vitest';
import { isFinal, isFinished, requireTransition } from './life-cycle.js';
import type { TrialState } from './trial-record.js';

const STATES: readonly TrialState[] = ['waiting', 'running', 'complete', 'pruned', 'failed'];
const LEGAL = ['waiting>running', 'running>complete', 'running>pruned', 'running>failed'];

it.each(STATES.flatMap((from) => STATES.map((to) => ({ from, to, legal: LEGAL.includes(`${from}>${to}`) }))))(
  '$from -> $to: $legal',
  ({ from, to, legal }) => {
    const attempt = () => requireTransition({ number: 17, state: from }, to);
    if (legal) attempt();
    else expect(attempt).toThrow(expect.objectContaining({ name: 'StoreError', code: 'ILLEGAL_TRANSITION' }));
    if (!legal) expect(attempt).toThrow(`trial 17 is ${from} and cannot become ${to}`);
  },
);

it('tells what counts as finished from what never changes', () => {
  expect(STATES.filter(isFinished)).toEqual(['complete', 'pruned']);
  expect(STATES.filter(isFinal)).toEqual(['complete', 'pruned', 'failed']);
});
