import type { Json } from '@assay/space';
import { describe, expect, it } from 'vitest';
import { complete } from '../contexts.test.kit.js';
import { latestFits, writeNote } from './gp-note.js';

const noted = (number: number, note: Json | null) => ({ ...complete(number, {}, 1), note });
const listed = (fits: readonly Float64Array[]) => fits.map((theta) => [...theta]);

describe('gp note', () => {
  it('comes back from JSON, rounded', () => {
    const note = JSON.parse(JSON.stringify(writeNote([Float64Array.of(0.123456, -8), Float64Array.of(2)]))) as Json;
    expect(listed(latestFits([noted(0, note)], 2))).toEqual([[0.1235, -8], [2]]);
  });

  it('is the latest one that there is', () => {
    const trials = [noted(0, { gp: [[1]] }), noted(1, { gp: [[2]] }), noted(2, null), noted(3, { run: 4 })];
    expect(listed(latestFits(trials, 1))).toEqual([[2]]);
    expect(latestFits([], 1)).toEqual([]);
  });

  it('is the latest one of a kind: as many hyperparameters for the objective', () => {
    const trials = [noted(0, { gp: [[1, 2], [3]] }), noted(1, { gp: [[4], [5]] })];
    expect(listed(latestFits(trials, 2))).toEqual([[1, 2], [3]]);
    expect(listed(latestFits(trials, 1))).toEqual([[4], [5]]);
    expect(latestFits(trials, 3)).toEqual([]);
  });

  it.each([['text'], [[1]], [{ gp: 3 }], [{ gp: [3] }], [{ gp: [['x']] }], [{ gp: [[null]] }]])(
    'of another sampler is no note: %j',
    (note) => {
      expect(latestFits([noted(0, note)], 1)).toEqual([]);
    },
  );
});
