import { NO_TRIALS, type StudyRecord } from '@assay/study';
import { describe, expect, it } from 'vitest';
import { type RunEnd, standingOf } from './run-end.js';
import type { RunOptions, RunPlan } from './run-plan.js';
import type { RunRequest } from './run-request.js';
import { resumeHint, runSummary } from './run-summary.js';
import { trialRecord } from './testing/trial-records.js';

const given: RunOptions = {
  store: '.assay/assay.db',
  engine: 'auto',
  reader: 'auto',
  maxFailures: '10',
  altScreen: true,
};

/** Only what the hint reads. */
function request(options: Partial<RunOptions>): RunRequest {
  const trials = options.trials === undefined ? null : Number(options.trials);
  const plan = { trials, name: options.name ?? 'mine' } as RunPlan;
  return { typed: 'my study.ts', options: { ...given, ...options }, plan } as RunRequest;
}

describe('resumeHint', () => {
  it.each([
    { name: 'nothing given', options: {}, hint: "assay run 'my study.ts'" },
    { name: '--until stays', options: { until: '40' }, hint: "assay run 'my study.ts' --until 40" },
    {
      name: '--trials is counted from before the run',
      options: { trials: '20' },
      hint: "assay run 'my study.ts' --until 25",
    },
    { name: '--timeout starts anew', options: { timeout: '10m' }, hint: "assay run 'my study.ts' --timeout 10m" },
    {
      name: 'what changes the study is repeated',
      options: { name: 'b', sampler: 'tpe:startup=5', engine: 'tfjs', store: 'a b.db', maxFailures: '3' },
      hint: "assay run 'my study.ts' --name b --sampler tpe:startup=5 --engine tfjs --max-failures 3 --store 'a b.db'",
    },
  ] as const)('$name', ({ options, hint }) => {
    expect(resumeHint(request(options), 5).replace('npx assay', 'assay')).toBe(`resume: ${hint}\n`);
  });
});

describe('runSummary', () => {
  const study = {
    name: 'mine',
    directions: ['minimize'],
    metrics: ['loss'],
    definition: {},
  } as unknown as StudyRecord;

  it.each([
    { default: 'worse', value: 3, constraints: [-1], says: 'loss 2, 1 better than the default configuration (@0)\n' },
    {
      default: 'infeasible',
      value: 1,
      constraints: [1],
      says: 'loss 2, where the default configuration (@0) is infeasible\n',
    },
  ])('compares the best with a default configuration that is $default', ({ value, constraints, says }) => {
    const trials = [
      trialRecord(0, { state: 'complete', draw: null, values: [value], constraints }),
      trialRecord(1, { state: 'complete', values: [2], constraints: [0] }),
    ];
    const ended = { reason: 'trials', elapsedMs: 1, elsewhere: 0 } as const;
    const end: RunEnd = { study, before: NO_TRIALS, standing: standingOf(study, trials), ...ended };
    const asked = { ...request({}), loaded: { spec: { name: 'mine', defaults: {} } } } as RunRequest;
    expect(runSummary(end, asked, '')).toContain(`best: mine@1  ${says}`);
    const theirs = { ...end, study: { ...study, definition: null } };
    expect(runSummary(theirs, asked, '')).toContain('best: mine@1  loss 2\n');
  });
});
