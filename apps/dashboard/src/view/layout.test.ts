import fc from 'fast-check';
import { expect, it } from 'vitest';
import { layoutFor, type Preset } from './layout.js';

const anySize = fc.record({
  columns: fc.integer({ min: 10, max: 300 }),
  rows: fc.integer({ min: 2, max: 120 }),
  preset: fc.constantFrom<Preset>(1, 2, 3, 4),
  facts: fc.nat(5),
});

it('fills the terminal but for one row, and every band from side to side', () => {
  fc.assert(
    fc.property(anySize, ({ columns, rows, preset, facts }) => {
      const { headerRows, footerRows, bodyRows, bands, height } = layoutFor(columns, rows, preset, facts);
      expect(height).toBe(Math.max(1, rows - 1));
      if (rows >= 4) expect(headerRows + 1 + bodyRows + footerRows).toBe(height);
      const used = bands.reduce((sum, band) => sum + band.height, 0);
      expect(used).toBe(bands.length === 0 ? 0 : bodyRows);
      for (const { panels, height: bandHeight } of bands) {
        expect(panels.reduce((sum, { width }) => sum + width, 0)).toBe(columns);
        expect(bandHeight).toBeGreaterThanOrEqual(3);
      }
    }),
  );
});

it.each([
  { columns: 200, rows: 60, panels: ['running', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 120, rows: 40, panels: ['running', 'chart', 'trials', 'parameters', 'log'] },
  { columns: 80, rows: 24, panels: ['running', 'chart', 'trials', 'parameters'] },
  { columns: 60, rows: 40, panels: ['running', 'chart', 'trials', 'parameters'] },
  { columns: 60, rows: 15, panels: ['running', 'trials'] },
  { columns: 40, rows: 10, panels: ['trials'] },
  { columns: 40, rows: 6, panels: [] },
])('the overview at $columns x $rows shows $panels', ({ columns, rows, panels }) => {
  const shown = layoutFor(columns, rows, 1, 1).bands.flatMap((band) => band.panels.map(({ id }) => id));
  expect(shown).toEqual(panels);
});
