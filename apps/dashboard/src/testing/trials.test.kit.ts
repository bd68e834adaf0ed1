import { choice, float, int, repeat, space } from '@assay/space';
import { DEFINITION_DEFAULTS, type StudyRecord, type TrialRecord } from '@assay/study';

const spaceOfStudy = space({
  lr: float(1e-4, 1e-1, { log: true }),
  layers: int(1, 3),
  units: repeat('layers', int(16, 256, { log: true })),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
}).parameters;

export const START_MS = Date.UTC(2026, 0, 1, 12);

export function aStudy(given: Partial<StudyRecord> = {}): StudyRecord {
  const facts = { data: 'real rides' };
  const definition = { ...DEFINITION_DEFAULTS, space: spaceOfStudy, sampler: null, pruner: null, seed: 1, facts };
  return {
    id: 1,
    name: 'taxifare',
    directions: ['minimize'],
    metrics: ['mae'],
    definition,
    createdMs: START_MS,
    ...given,
  };
}

/** A complete trial that took a second, unless told otherwise. */
export function aTrial(number: number, given: Partial<TrialRecord> = {}): TrialRecord {
  const startedMs = START_MS + number * 1_000;
  return {
    id: number + 1,
    number,
    state: 'complete',
    params: { lr: 0.001 * (number + 1), layers: 1, 'units[0]': 16 + (number % 200), optimizer: 'adam' },
    values: [2 + 1 / (number + 1)],
    constraints: [],
    reports: [1, 2, 3].map((step) => ({ step, value: 5 - step })),
    rungs: [],
    startedMs,
    finishedMs: startedMs + 1_000,
    draw: number,
    retryOf: null,
    note: null,
    end: null,
    attributes: {},
    ...given,
  };
}

export function aRunningTrial(number: number, given: Partial<TrialRecord> = {}): TrialRecord {
  return aTrial(number, { state: 'running', values: [], finishedMs: null, ...given });
}

export function aFailedTrial(number: number, given: Partial<TrialRecord> = {}): TrialRecord {
  const stack = 'Error: no shard 3\n    at readShard (shards.ts:12:5)\n    at train (train.ts:40:9)';
  const end = { reason: 'threw', message: 'no shard 3', stack } as const;
  return aTrial(number, { state: 'failed', values: [], reports: [], end, ...given });
}
