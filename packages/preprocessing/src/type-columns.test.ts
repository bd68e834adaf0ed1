import { expect, it } from 'vitest';
import { UNPARSABLE } from './number-grammar.js';
import { cellParser, refusal } from './type-columns.js';

it.each([
  { type: 'number', nulls: ['NULL'], cells: { NULL: Number.NaN, ' NULL ': Number.NaN, '': Number.NaN, '7': 7 } },
  { type: 'number', nulls: ['NULL'], cells: { null: UNPARSABLE, 'N/A': UNPARSABLE } },
  { type: 'number', cells: { NULL: UNPARSABLE } },
  { type: 'number', nulls: ['7'], cells: { '7': 7 } }, // what is a value stays one
  { type: 'integer', nulls: ['NULL', '-'], cells: { '-': Number.NaN, '1.5': UNPARSABLE } },
  { type: 'timestamp', nulls: ['never'], cells: { never: Number.NaN, '1970-01-01 00:00:01': 1000 } },
] as const)('a column $type with the nulls $nulls reads $cells', ({ cells, ...spec }) => {
  const parse = cellParser({ name: 'x', ...spec });
  for (const [text, value] of Object.entries(cells)) expect(parse(text)).toBe(value);
});

it.each([
  { cell: 'soon', formats: undefined, reason: 'time: "soon" is no time (YYYY-MM-DD HH:MM:SS UTC)' },
  {
    cell: '4/1/2016 0:16',
    formats: undefined,
    reason:
      "time: \"4/1/2016 0:16\" is no time (YYYY-MM-DD HH:MM:SS UTC); formats: ['iso', 'month/day/year'] would read it",
  },
  {
    cell: '2017-04-01 00:14:36',
    formats: ['month/day/year'] as const,
    reason:
      "time: \"2017-04-01 00:14:36\" is no time (M/D/YYYY H:MM); formats: ['month/day/year', 'iso'] would read it",
  },
])('says of $cell which format would take it, if any', ({ cell, formats, reason }) => {
  expect(refusal({ name: 'time', type: 'timestamp', ...(formats && { formats }) }, cell)).toBe(reason);
});
