import { expect, it } from 'vitest';
import { importanceTable, interactionsTable } from './importance-table.js';

const bar = (cells: number): string => '█'.repeat(cells);
const pair = (one: string, other: string, importance: number) => ({ names: [one, other] as const, importance });

it('draws each parameter’s share beside the largest', () => {
  const importances = [
    { name: 'lr', importance: 0.796 },
    { name: 'momentum', importance: 0.2 },
    { name: 'seed', importance: 0.004 },
    { name: 'pinned', importance: 0 },
  ];
  expect(importanceTable(importances)).toBe(
    [
      'parameter  share',
      `lr           80%  ${bar(40)}`,
      `momentum     20%  ${bar(10)}`,
      'seed         <1%',
      'pinned        0%',
      '',
    ].join('\n'),
  );
});

it('ranks pairs among the parameters, and sums up what is small', () => {
  const alone = [
    { name: 'a', importance: 0.4 },
    { name: 'b', importance: 0.2 },
    { name: 'c', importance: 0 },
  ];
  const pairs = [pair('a', 'b', 0.3), pair('b', 'c', 0.004), pair('a', 'c', 0.003)];
  expect(interactionsTable({ alone, pairs, others: 0.093 })).toBe(
    [
      'parameters              share',
      `a                         40%  ${bar(40)}`,
      `a x b                     30%  ${bar(30)}`,
      `b                         20%  ${bar(20)}`,
      'c                          0%',
      `2 other pairs              1%  ${bar(1)}`,
      `three or more together     9%  ${bar(9)}`,
      '',
    ].join('\n'),
  );
});

it('draws no bars where nothing can be told', () => {
  const alone = [{ name: 'a', importance: 0 }];
  expect(interactionsTable({ alone, pairs: [], others: 0 })).toBe('parameters  share\na              0%\n');
});
