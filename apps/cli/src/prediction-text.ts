import { type LabelHead, outputCount } from '@assay/training';
import { formatJsonLine } from './format/json.js';

/** A row that was asked for: where it stands in its file, and why it has no prediction, if it has none. */
export interface AskedRow {
  readonly line: number;
  readonly reason: string | null;
}

/** `prediction,reason`; for classes, the likeliest one and then the probability of each. */
export function predictionHeader(label: LabelHead): string {
  return `${['prediction', ...classesOf(label).map((name) => `probability_${name}`), 'reason'].join(',')}\n`;
}

/** One line for each row, in order. @param predictions as many numbers a row as the label has outputs */
export function predictionLines(
  label: LabelHead,
  rows: readonly AskedRow[],
  predictions: Float32Array,
  json: boolean,
): string {
  const width = outputCount(label);
  const line = json ? jsonLine : csvLine;
  return rows.map((asked, row) => line(label, asked, predictions.subarray(row * width, (row + 1) * width))).join('');
}

function jsonLine(label: LabelHead, { line, reason }: AskedRow, outputs: Float32Array): string {
  const isClass = classesOf(label).length > 0;
  if (reason !== null)
    return formatJsonLine({ line, prediction: null, ...(isClass && { probabilities: null }), reason });
  const [prediction, ...probabilities] = valuesOf(label, outputs);
  return formatJsonLine({ line, prediction, ...(isClass && { probabilities }), reason });
}

function csvLine(label: LabelHead, { reason }: AskedRow, outputs: Float32Array): string {
  if (reason !== null) return `${','.repeat(1 + classesOf(label).length)}${csvField(reason)}\n`;
  return `${valuesOf(label, outputs).join(',')},\n`;
}

function classesOf(label: LabelHead): number[] {
  switch (label.kind) {
    case 'binary':
      return [0, 1];
    case 'classes':
      return Array.from({ length: label.size }, (_, name) => name);
    case 'linear':
    case 'log':
    case 'softplus':
      return [];
  }
}

/** The prediction, then the probabilities of classes, to float32's digits. */
function valuesOf(label: LabelHead, outputs: Float32Array): number[] {
  switch (label.kind) {
    case 'binary':
      return classed([1 - outputs[0]!, outputs[0]!]);
    case 'classes':
      return classed([...outputs]);
    case 'linear':
    case 'log':
    case 'softplus':
      return [rounded(outputs[0]!)];
  }
}

/** The likeliest class, the first of several; then all probabilities. */
function classed(probabilities: readonly number[]): number[] {
  return [probabilities.indexOf(Math.max(...probabilities)), ...probabilities.map(rounded)];
}

const rounded = (value: number): number => Number(value.toPrecision(7));

/** RFC 4180: quoted where it must be. */
function csvField(text: string): string {
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
