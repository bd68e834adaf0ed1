import type { StudyRecord, TrialRecord } from '@assay/study';
import { expect, it } from 'vitest';
import { trialRecord } from '../testing/trial-records.js';
import { csvHead, csvLines } from './csv.js';
import { SeenFields, trialColumns } from './trial-columns.js';

const STUDY: StudyRecord = {
  ...{ id: 1, name: 's', directions: ['minimize', 'maximize'], metrics: ['error', 'speed'] },
  ...{ definition: null, createdMs: null },
};

const START = Date.UTC(2026, 0, 2, 3, 4, 5, 678);

const TRIALS: readonly TrialRecord[] = [
  trialRecord(0, {
    ...{ state: 'complete', values: [Infinity, -0.5], constraints: [0], startedMs: START, finishedMs: START + 1_500 },
    ...{
      params: { lr: 1e-7, optimizer: 'sgd', mixed: 1, flag: true },
      attributes: { rows: 5, why: 'a "quote", and more' },
    },
    marks: { note: 'two\nlines', tags: ['a', 'b'], ignored: true },
  }),
  trialRecord(1, {
    ...{ state: 'failed', startedMs: null, params: { lr: 0.5, mixed: 'one', optimizer: '', flag: null } },
    end: { reason: 'threw', message: 'no, never' },
  }),
];

function csv(trials: readonly TrialRecord[]): string {
  const seen = new SeenFields();
  for (const trial of trials) seen.add([trial]);
  const columns = trialColumns(STUDY, seen);
  return csvHead(columns) + csvLines(columns, trials);
}

it('writes what a person can check by hand', () => {
  expect(csv(TRIALS).replaceAll(',', ' , ')).toBe(
    [
      'number,state,values_error,values_speed,datetime_start,datetime_complete,duration,',
      'params_lr,params_optimizer,params_mixed,params_flag,constraints_0,user_attrs_rows,user_attrs_why,',
      'reason,message,note,tags,ignored\n',
      '0,complete,inf,-0.5,2026-01-02T03:04:05.678Z,2026-01-02T03:04:07.178Z,1.5,1e-7,sgd,1,true,0,5,',
      '"a ""quote"", and more",,,"two\nlines",a b,true\n',
      '1,failed,,,,,,0.5,"","""one""",,,,,threw,"no, never",,,false\n',
    ]
      .join('')
      .replaceAll(',', ' , '),
  );
});

it('has a line of names for a study without trials', () => {
  expect(csv([])).toBe(
    'number,state,values_error,values_speed,datetime_start,datetime_complete,duration,reason,message,note,tags,ignored\n',
  );
});
