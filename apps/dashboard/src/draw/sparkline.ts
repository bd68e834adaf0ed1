import type { Glyphs } from './glyphs.js';

/**
 * A curve in one row, its ends at the ends: the mean of the values behind each cell. Gaps for NaN and infinities.
 * @param values in order of step; with fewer than `width` one cell each
 */
export function sparkline(values: readonly number[], width: number, { levels }: Glyphs): string {
  const finite = values.filter(Number.isFinite);
  const low = Math.min(...finite);
  const high = Math.max(...finite);
  return cellMeans(values, width)
    .map((mean) => (mean === null ? ' ' : levelOf(mean, low, high, levels)))
    .join('');
}

function levelOf(value: number, low: number, high: number, levels: string): string {
  const share = high > low ? (value - low) / (high - low) : 0.5;
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
