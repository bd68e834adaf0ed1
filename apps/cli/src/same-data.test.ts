import { DEFINITION_DEFAULTS, type StudyRecord } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { dataFacts, requireSameData } from './same-data.js';

const studyOn = (facts: Record<string, string> | null): StudyRecord => ({
  id: 1,
  name: 'taxifare',
  directions: ['minimize'],
  metrics: ['mae'],
  definition: facts && { ...DEFINITION_DEFAULTS, space: [], sampler: null, pruner: null, seed: 1, facts },
  createdMs: null,
});

const REAL = { dataset: 'f81ca45f3c31', data: 'real rides' };
const MADE = { dataset: 'db6315be68d8', data: 'generated rides' };

describe('requireSameData', () => {
  it.each([
    { name: 'the same rows', before: REAL, now: REAL },
    { name: 'the same rows by another name', before: REAL, now: { ...REAL, data: 'downloaded rides' } },
    { name: 'a study that stored no rows', before: {}, now: REAL },
    { name: 'a study of another tool', before: null, now: REAL },
    { name: 'a study without data', before: REAL, now: null },
  ])('accepts $name', ({ before, now }) => {
    expect(() => requireSameData(studyOn(before), now)).not.toThrow();
  });

  it('refuses other rows and names both', () => {
    const refused = expect.objectContaining({
      code: 'DATA_CHANGED',
      message: expect.stringMatching(/real.*generated/),
    });
    expect(() => requireSameData(studyOn(REAL), MADE)).toThrow(refused);
  });
});

it('dataFacts: only facts that name a dataset', () => {
  expect(dataFacts({ dataset: 'f81ca45f3c31', data: 'real rides', rows: 3 })).toEqual(REAL);
  expect(dataFacts({ data: 'none' })).toBeNull();
});
