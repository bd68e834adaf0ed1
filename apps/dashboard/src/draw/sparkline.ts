import type { Glyphs } from './glyphs.js';
import { settledRange } from './settled-range.js';

/**
 * A curve in one row, its ends at the ends: the mean of the values behind each cell, on the scale of
 * its settled range. Gaps for NaN and infinities.
 * @param values in order of step; with fewer than `width` one cell each
 */
export function sparkline(values: readonly number[], width: number, { levels }: Glyphs): string {
  const [low, high] = settledRange(values) ?? [0, 0];
  return cellMeans(values, width)
    .map((mean) => (mean === null ? ' ' : levelOf(mean, low, high, levels)))
    .join('');
}

function levelOf(value: number, low: number, high: number, levels: string): string {
  const share = high > low ? Math.min(Math.max((value - low) / (high - low), 0), 1) : 0.5;
  return levels[Math.min(levels.length - 1, Math.floor(share * levels.length))]!;
}

function cellMeans(values: readonly number[], width: number): readonly (number | null)[] {
  const cells = Math.max(0, Math.min(width, values.length));
  return Array.from({ length: cells }, (_, cell) => {
    const from = Math.floor((cell * values.length) / cells);
    const to = Math.floor(((cell + 1) * values.length) / cells);
    const behind = values.slice(from, to).filter(Number.isFinite);
    return behind.length === 0 ? null : behind.reduce((sum, value) => sum + value, 0) / behind.length;
  });
}
