import type { ColumnInspection, TableInspection } from '@assay/preprocessing';
import { expect, it } from 'vitest';
import { inspectionText } from './inspection-text.js';

const TEXT: ColumnInspection = {
  name: 'id',
  type: 'text',
  rows: 60_000,
  missing: 0,
  unparsable: 0,
  distinct: 1234,
  formats: null,
  range: null,
  quantiles: null,
  values: null,
};

const table = (column: ColumnInspection, distinctLimit: number): TableInspection => ({
  rows: 60_000,
  malformed: 0,
  duplicates: 0,
  distinctLimit,
  columns: [column],
  label: null,
  warnings: [],
});

it.each([
  { name: 'all of them', distinct: 1234, distinctLimit: 50_000, says: '1,234' },
  { name: 'where they are no longer counted', distinct: null, distinctLimit: 50_000, says: '50,000 or more' },
  { name: 'sooner in a wide table', distinct: null, distinctLimit: 200, says: '200 or more' },
])('counts distinct values: $name', ({ distinct, distinctLimit, says }) => {
  const line = inspectionText(table({ ...TEXT, distinct }, distinctLimit))
    .split('\n')
    .find((text) => text.startsWith('id'));
  expect(line?.trimEnd()).toMatch(new RegExp(`^id +text +${says}$`));
});
