import type { TrialRecord } from '@assay/study';
import type { Cell, TrialColumn } from './trial-columns.js';

/** The line of names (RFC 4180, but for the line ends), with its newline. */
export function csvHead(columns: readonly TrialColumn[]): string {
  return `${columns.map(({ name }) => quoted(name)).join(',')}\n`;
}

/** A line for each trial. Empty is null; infinities are `inf` and `-inf`, as pandas and NumPy read them; times are UTC. */
export function csvLines(columns: readonly TrialColumn[], trials: readonly TrialRecord[]): string {
  return trials.map((trial) => `${columns.map((column) => textOf(column.cell(trial))).join(',')}\n`).join('');
}

function textOf(cell: Cell): string {
  if (cell === null) return '';
  if (cell instanceof Date) return cell.toISOString();
  if (typeof cell !== 'number') return quoted(String(cell));
  return Number.isFinite(cell) ? String(cell) : String(cell).toLowerCase().replace('infinity', 'inf');
}

/** An empty text is quoted: without quotes it is null. */
function quoted(text: string): string {
  return text === '' || /[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
