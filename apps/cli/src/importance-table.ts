import type { Interactions, ParameterImportance } from '@assay/analysis';
import { formatTable } from './format/table.js';

/** Cells of the longest bar. */
const BAR = 40;

/** Shares that round to no per cent are no row of their own. */
const LEAST_SHARE = 0.005;

interface Row {
  readonly title: string;
  readonly share: number;
}

/** Each parameter's share as a bar, the largest first. */
export function importanceTable(importances: readonly ParameterImportance[]): string {
  return bars(
    'parameter',
    importances.map(({ name, importance }) => ({ title: name, share: importance })),
  );
}

/**
 * Each parameter's share, and that of each two where it is one per cent or more, the largest first; then what the other pairs
 * come to, and what only three or more parameters explain.
 */
export function interactionsTable({ alone, pairs, others }: Interactions): string {
  const shown = pairs.filter(({ importance }) => importance >= LEAST_SHARE);
  const small = pairs.slice(shown.length);
  const ranked = [
    ...alone.map(({ name, importance }) => ({ title: name, share: importance })),
    ...shown.map(({ names, importance }) => ({ title: names.join(' x '), share: importance })),
  ].sort((a, b) => b.share - a.share);
  const rest = [
    { title: small.length === 1 ? '1 other pair' : `${small.length} other pairs`, share: sumOf(small) },
    { title: 'three or more together', share: others },
  ].filter(({ share }) => share > 0);
  return bars('parameters', [...ranked, ...rest]);
}

function sumOf(pairs: Interactions['pairs']): number {
  return pairs.reduce((sum, { importance }) => sum + importance, 0);
}

function bars(title: string, rows: readonly Row[]): string {
  const largest = Math.max(...rows.map(({ share }) => share));
  return formatTable(
    [{ title }, { title: 'share', align: 'right' }, { title: '' }],
    rows.map(({ title: name, share }) => [
      name,
      percent(share),
      largest > 0 ? '█'.repeat(Math.round((BAR * share) / largest)) : '',
    ]),
  );
}

function percent(share: number): string {
  return share > 0 && share < LEAST_SHARE ? '<1%' : `${Math.round(share * 100)}%`;
}
