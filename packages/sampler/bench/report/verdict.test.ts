import { describe, expect, it } from 'vitest';
import { type Demand, type Match, verdict } from './verdict.js';

const low = Array.from({ length: 10 }, (_, i) => i);
const high = low.map((x) => x + 100);

const won: Match = { name: 'won', ours: low, theirs: high };
const lost: Match = { name: 'lost', ours: high, theirs: low };
const drawn: Match = { name: 'drawn', ours: low, theirs: low };
const solved: Match = { name: 'solved', ours: low.map(() => 0), theirs: low.map(() => 0) };

describe('verdict', () => {
  it.each<[string, boolean, readonly Match[], Demand]>([
    ['enough are better', true, [won, won, drawn], { kind: 'better on', atLeast: 2 }],
    ['too few are better', false, [won, drawn, drawn], { kind: 'better on', atLeast: 2 }],
    ['one is worse', false, [won, won, lost], { kind: 'better on', atLeast: 2 }],
    ['solved counts like better', true, [won, solved, drawn], { kind: 'better or solved on', atLeast: 2 }],
    ['solved does not count', false, [won, solved, drawn], { kind: 'better on', atLeast: 2 }],
    ['none is worse', true, [drawn], { kind: 'not worse' }],
    ['worse', false, [drawn, lost], { kind: 'not worse' }],
    ['more better', true, [won, won, lost], { kind: 'more better than worse' }],
    ['better over all', true, [won, drawn, drawn], { kind: 'better over all' }],
    ['not over all', false, [won, lost], { kind: 'better over all' }],
    ['as many better as worse', false, [won, lost], { kind: 'more better than worse' }],
  ])('%s: %s', (_, met, matches, demand) => {
    expect(verdict('ours', matches, demand).startsWith('MET')).toBe(met);
  });

  it('names the problems that are worse', () => {
    expect(verdict('ours', [won, lost], { kind: 'not worse' })).toBe(
      'MISSED ours: better on 1 of 2 (p < 0.05), worse on 1 (p < 0.01) (lost); asked: worse on none',
    );
  });
});
