import type { LabelHead } from '@assay/training';
import { describe, expect, it } from 'vitest';
import { predictionHeader, predictionLines } from './prediction-text.js';

const ROWS = [
  { line: 2, reason: null },
  { line: 3, reason: 'fare: "x, y" is no number' },
  { line: 4, reason: null },
];

const CASES: readonly { label: LabelHead; outputs: number[]; csv: string; json: object[] }[] = [
  {
    label: { kind: 'linear', mean: 0, deviation: 1 },
    outputs: [1.5, Number.NaN, 2.25],
    csv: 'prediction,reason\n1.5,\n,"fare: ""x, y"" is no number"\n2.25,\n',
    json: [{ prediction: 1.5 }, { prediction: null }, { prediction: 2.25 }],
  },
  {
    label: { kind: 'binary' },
    outputs: [0.25, Number.NaN, 0.75],
    csv: 'prediction,probability_0,probability_1,reason\n0,0.75,0.25,\n,,,"fare: ""x, y"" is no number"\n1,0.25,0.75,\n',
    json: [
      { prediction: 0, probabilities: [0.75, 0.25] },
      { prediction: null, probabilities: null },
      { prediction: 1, probabilities: [0.25, 0.75] },
    ],
  },
  {
    label: { kind: 'classes', size: 3 },
    outputs: [0.125, 0.75, 0.125, Number.NaN, Number.NaN, Number.NaN, 0.5, 0, 0.5],
    csv:
      'prediction,probability_0,probability_1,probability_2,reason\n' +
      '1,0.125,0.75,0.125,\n,,,,"fare: ""x, y"" is no number"\n0,0.5,0,0.5,\n',
    json: [
      { prediction: 1, probabilities: [0.125, 0.75, 0.125] },
      { prediction: null, probabilities: null },
      { prediction: 0, probabilities: [0.5, 0, 0.5] },
    ],
  },
];

describe.each(CASES)('predictions of a label of kind $label.kind', ({ label, outputs, csv, json }) => {
  it('as CSV', () => {
    expect(predictionHeader(label) + predictionLines(label, ROWS, Float32Array.from(outputs), false)).toBe(csv);
  });

  it('as JSON lines', () => {
    const lines = predictionLines(label, ROWS, Float32Array.from(outputs), true).trimEnd().split('\n');
    expect(lines.map((line) => JSON.parse(line))).toEqual(json.map((values, row) => ({ ...ROWS[row], ...values })));
  });
});
