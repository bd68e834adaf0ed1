import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutFor, type Preset } from './layout.js';

const anySize = fc.record({
  columns: fc.integer({ min: 10, max: 300 }),
  rows: fc.integer({ min: 2, max: 120 }),
  preset: fc.constantFrom<Preset>(1, 2, 3, 4, 5),
  factRows: fc.nat(5),
  hasFront: fc.boolean(),
});

it('fills the terminal but for one row, and every band from side to side', () => {
  fc.assert(
    fc.property(anySize, ({ columns, rows, ...options }) => {
      const { headerRows, footerRows, bodyRows, bands, height } = layoutFor(columns, rows, options);
      expect(height).toBe(Math.max(1, rows - 1));
      if (rows >= 4) expect(headerRows + 1 + bodyRows + footerRows).toBe(height);
      const used = bands.reduce((sum, band) => sum + band.height, 0);
      expect(used).toBe(bands.length === 0 ? 0 : bodyRows);
      for (const band of bands) {
        expect(band.columns.reduce((sum, { width }) => sum + width, 0)).toBe(columns);
        for (const { panels } of band.columns) {
          expect(panels.reduce((sum, panel) => sum + panel.height, 0)).toBe(band.height);
          for (const panel of panels) expect(panel.height).toBeGreaterThanOrEqual(3);
        }
      }
    }),
  );
});

const panelsAt = (columns: number, rows: number, preset: Preset, hasFront: boolean): readonly string[] =>
  layoutFor(columns, rows, { preset, factRows: 1, hasFront }).bands.flatMap((band) =>
    band.columns.flatMap(({ panels }) => panels.map(({ id }) => id)),
  );

it.each([
  { columns: 200, rows: 60, panels: ['running', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 120, rows: 40, panels: ['running', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 80, rows: 24, panels: ['running', 'chart', 'trials', 'parameters'] },
  { columns: 60, rows: 40, panels: ['running', 'chart', 'trials', 'parameters'] },
  { columns: 60, rows: 15, panels: ['running', 'trials'] },
  { columns: 40, rows: 10, panels: ['trials'] },
  { columns: 40, rows: 6, panels: [] },
])('the overview of one objective at $columns x $rows shows $panels', ({ columns, rows, panels }) => {
  expect(panelsAt(columns, rows, 1, false)).toEqual(panels);
});

it.each([
  { columns: 200, rows: 60, preset: 1, panels: ['running', 'front', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 120, rows: 40, preset: 1, panels: ['running', 'front', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 80, rows: 24, preset: 1, panels: ['running', 'chart', 'trials', 'front'] },
  { columns: 60, rows: 40, preset: 1, panels: ['running', 'chart', 'trials', 'front'] },
  { columns: 60, rows: 20, preset: 1, panels: ['running', 'trials'] },
  { columns: 80, rows: 24, preset: 3, panels: ['chart', 'front', 'parameters'] },
  { columns: 60, rows: 20, preset: 3, panels: ['chart', 'front', 'parameters'] },
  { columns: 60, rows: 15, preset: 3, panels: ['chart', 'front'] },
  { columns: 80, rows: 24, preset: 5, panels: ['parallel'] },
] as const)('with a front, view $preset at $columns x $rows shows $panels', ({ columns, rows, preset, panels }) => {
  expect(panelsAt(columns, rows, preset, true)).toEqual(panels);
});
