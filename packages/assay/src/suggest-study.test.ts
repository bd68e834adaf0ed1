import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { inspectTable } from '@assay/preprocessing';
import { describe, expect, it } from 'vitest';
import { temporaryFolder } from './line-table.test.kit.js';
import { suggestStudy } from './suggest-study.js';

const folder = temporaryFolder();
let tables = 0;

/** 1009 and 997 are primes: no two columns follow each other. */
const wander = (row: number) => ((row * 997) % 1009) / 7;
const shifted = (row: number) => ((row * 613) % 1009) / 7;

async function suggestionFor(header: string, cells: (row: number) => string): Promise<string> {
  const file = join(folder, `${++tables}.csv`);
  const lines = Array.from({ length: 400 }, (_, row) => `${cells(row)},${shifted(row + 41)}\n`);
  writeFileSync(file, `${header},y\n${lines.join('')}`);
  const text = suggestStudy(await inspectTable(file, { label: 'y' }), { file: 'table.csv', label: 'y', name: 'table' });
  return text;
}

const when = (row: number) => new Date(Date.UTC(2020, 0, 1, row)).toISOString();

describe('what becomes of a column', () => {
  it.each([
    {
      name: 'amounts',
      header: 'x',
      cells: (row: number) => `${wander(row)}`,
      column: "x: 'number'",
      feature: "x: standardized('x')",
    },
    {
      name: 'amounts with gaps',
      header: 'x',
      cells: (row: number) => (row % 4 === 0 ? '' : `${wander(row)}`),
      column: "x: 'number?'",
      feature: "'x missing': missing('x')",
    },
    {
      name: 'texts that repeat',
      header: 'pick up',
      cells: (row: number) => `zone ${row % 9}`,
      column: "'pick up': 'text'",
      feature: "'pick up': category('pick up', { min: 10 })",
    },
    {
      name: 'codes',
      header: 'zoneId',
      cells: (row: number) => `${(row % 45) ** 2}`,
      column: "zoneId: 'integer'",
      feature: "zoneId: category('zoneId', { min: 10 })",
    },
    {
      name: 'times in another form',
      header: 'start',
      cells: (row: number) => `4/${(row % 28) + 1}/2016 ${row % 24}:16`,
      column: "start: { type: 'timestamp', formats: ['month/day/year'] }",
      feature: "'start weekday': weekday('start')",
    },
    {
      name: 'days',
      header: 'start',
      cells: (row: number) => `2020-${1 + (row % 9)}-${10 + (row % 19)}`.replace('-', '-0'),
      column: "start: { type: 'timestamp', formats: ['date'] }",
      feature: "'start weekday': weekday('start'),\n      'start month': month('start')",
    },
    {
      name: 'times over some days',
      header: 'start',
      cells: when,
      column: "start: 'timestamp'",
      feature: "'start hour': cyclic(hour('start'))",
    },
  ])('$name', async ({ header, cells, column, feature }) => {
    const text = await suggestionFor(header, cells);
    expect(text).toContain(`      ${column},\n`);
    expect(text).toContain(`      ${feature},\n`);
  });

  it.each([
    { name: 'a key', cells: (row: number) => `ride ${row}`, reason: 'a key' },
    { name: 'one value', cells: () => '7', reason: 'one value only' },
    {
      name: 'an amount with its sign',
      cells: (row: number) => `$${row % 90}.50`,
      reason: 'amounts that are written as text',
    },
    { name: 'nothing', cells: () => '', reason: 'hardly a cell is filled' },
    { name: 'the label again', cells: (row: number) => `${2 * shifted(row + 41)}`, reason: 'follows the label' },
  ])('$name is left out, with the reason', async ({ cells, reason }) => {
    const text = await suggestionFor('x', cells);
    expect(text).toContain(`      // x: ${reason}`);
    expect(text).not.toContain("x: '");
  });
});

it('drops rows by numbers that stand for "unknown", and measures between two places', async () => {
  const degrees = (base: number, row: number) => (row % 40 === 0 ? 0 : base + wander(row) / 1e3);
  const text = await suggestionFor(
    'from_lat,from_lon,to_lat,to_lon',
    (row) =>
      `${degrees(40, row)},${degrees(-74, row + 7)},${40 + wander(row + 99) / 1e3},${-74 + wander(row + 5) / 1e3}`,
  );
  expect(text).toContain("    rules: [\n      dropIf('from_lat is 0', oneOf('from_lat', [0])),\n");
  const places = "point('from_lat', 'from_lon'), point('to_lat', 'to_lon')";
  expect(text).toContain(`      distance: standardized(haversine(${places})),\n`);
  expect(text).toContain('import {\n  defineTableStudy,\n  dropIf,\n  haversine,\n  oneOf,\n');
});

it('says what is odd about the label, and drops no row for it', async () => {
  const file = join(folder, `${++tables}.csv`);
  const lines = Array.from({ length: 500 }, (_, row) => `${wander(row)},${row % 4 === 0 ? 1969 : 1940 + (row % 60)}\n`);
  writeFileSync(file, `x,y\n${lines.join('')}`);
  const facts = { file: 'table.csv', label: 'y', name: 'table' };
  const text = suggestStudy(await inspectTable(file, { label: 'y' }), facts);
  expect(text).toMatch(/^ {4}\/\/ y: 1969 stands out with 2\d % of the rows: .*\n {4}label: 'y',\n {4}features/m);
});

it('is a whole study', async () => {
  const text = await suggestionFor('x', (row) => `${wander(row)}`);
  expect(text.split('\n')).toEqual([
    "import { defineTableStudy, recipe, standardized, tableFiles, tabularNetwork } from 'assay';",
    '',
    'export default defineTableStudy({',
    "  name: 'table',",
    '  recipe: recipe({',
    "    name: 'table',",
    '    columns: {',
    "      y: 'number',",
    "      x: 'number',",
    '    },',
    "    label: 'y',",
    '    features: {',
    "      x: standardized('x'),",
    '    },',
    '  }),',
    "  sources: tableFiles({ train: 'table.csv' }),",
    '  ...tabularNetwork(),',
    '});',
    '',
  ]);
});
