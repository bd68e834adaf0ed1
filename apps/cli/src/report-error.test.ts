import { StudyError } from '@assay/study';
import { expect, it } from 'vitest';
import { describeError } from './report-error.js';

it('leaves out a result that could not be stored: it was written when that happened', () => {
  const result = '{"study":"digits","trial":3,"values":[0.5]}';
  const error = new StudyError(
    'RESULT_NOT_STORED',
    `the result of trial 3 could not be stored (disk is full): ${result}`,
    {
      result,
    },
  );
  expect(describeError(error, false)).toBe(
    'assay: the result of trial 3 could not be stored (disk is full); it is above, as JSON\n',
  );
});
