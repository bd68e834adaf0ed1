import { createPruner, type Pruner } from '@assay/pruner';
import { describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { loadStudy } from './open-study.js';
import { newOwner } from './owner.js';
import { REPEAT_VALUES } from './run-repeats.js';
import { StudyControls } from './study-controls.js';
import type { StudyOptions } from './study-options.js';
import type { Objective, Trial } from './study-spec.js';
import { deadOwner } from './testing/contract-fixtures.js';
import { openLine, type Point } from './testing/optimize-fixtures.js';
import type { TrialRecord } from './trial-record.js';

/** Runs one trial of a study on a line and returns it. */
async function runOne(objective: Objective<Point>, changes: Partial<StudyOptions<Point>>): Promise<TrialRecord> {
  const { study } = await openLine(changes);
  await study.optimize(objective, { trials: 1 });
  return (await study.trials())[0]!;
}

const VALUES = [3, 1, 8, 4];
const inTurn: Objective<Point> = ({ repeat }) => VALUES[repeat]!;

describe('values', () => {
  it.each([
    { repeats: 2, value: 2 }, // (3 + 1) / 2
    { repeats: 3, value: 4 }, // (3 + 1 + 8) / 3
    { repeats: { count: 3, aggregate: 'median' }, value: 3 }, // 1, 3, 8
    { repeats: { count: 4, aggregate: 'median' }, value: 3.5 }, // 1, 3, 4, 8
  ] as const)('$repeats: $value, each repeat reported under its own step', async ({ repeats, value }) => {
    const trial = await runOne(inTurn, { repeats });
    const each = VALUES.slice(0, typeof repeats === 'number' ? repeats : repeats.count);
    expect(trial).toMatchObject({ state: 'complete', values: [value], attributes: { [REPEAT_VALUES]: each } });
    expect(trial.reports).toEqual(each.map((reported, step) => ({ step, value: reported })));
  });

  it('aggregates every objective, and reports the prune metric', async () => {
    const objective: Objective<Point> = ({ repeat }) => ({ values: [VALUES[repeat]!, 10 * repeat] });
    const objectives = { directions: ['minimize', 'maximize'], metrics: ['mae', 'rate'] } as const;
    const trial = await runOne(objective, { ...objectives, repeats: 3, pruneMetric: 'rate' });
    expect(trial.values).toEqual([4, 10]);
    expect(trial.reports.map(({ value }) => value)).toEqual([0, 10, 20]);
    expect(trial.attributes[REPEAT_VALUES]).toEqual([
      [3, 0],
      [1, 10],
      [8, 20],
    ]);
  });

  it('takes the worst of each constraint, and the last of each attribute', async () => {
    const objective: Objective<Point> = ({ repeat }) => ({
      values: [0],
      constraints: [repeat - 1, 3 - repeat],
      attributes: { last: repeat, ...(repeat === 0 && { first: true }) },
    });
    const trial = await runOne(objective, { repeats: 3 });
    expect(trial).toMatchObject({ constraints: [1, 3], attributes: { first: true, last: 2 } });
  });

  it('is what it was with a single repeat', async () => {
    const objective: Objective<Point> = async (trial) => {
      await trial.report(7, trial.seed);
      return trial.seed + trial.repeat;
    };
    const [plain, once] = [await runOne(objective, {}), await runOne(objective, { repeats: 1 })];
    const { id: _, startedMs: __, finishedMs: ___, resources: ____, ...expected } = plain;
    expect(once).toMatchObject(expected);
    expect(once.attributes).toEqual({});
  });
});

describe('seeds', () => {
  it('gives each repeat another seed, the first one the trial’s own; a retry has the same ones', async () => {
    const seen: number[][] = [];
    const note: Objective<Point> = ({ seed, repeat }) => {
      if (repeat === 0) seen.push([]);
      seen.at(-1)!.push(seed);
      if (seen.length === 1 && repeat === 2) throw new Error('once');
      return 0;
    };
    const store = new MemoryStudyStore();
    const { study, options } = await openLine({ store, repeats: 3, owner: deadOwner() });
    const { seed } = await study.ask(); // its process is gone: the next one runs the trial again
    const again = await loadStudy({ ...options, owner: newOwner() });
    await again.optimize(note, { trials: 1 });
    expect(seen[0]?.[0]).toBe(seed);
    expect(new Set(seen[0]).size).toBe(3);
    const other = await openLine({ repeats: 3 });
    await other.study.optimize(note, { trials: 1 });
    expect(seen[1]).toEqual(seen[0]);
  });
});

describe('reports of the objective itself', () => {
  it('are answered with keep and not stored', async () => {
    const answers: string[] = [];
    const objective: Objective<Point> = async (trial) => {
      for (const step of [5, 6]) answers.push(await trial.report(step, 1e9));
      return trial.repeat;
    };
    const trial = await runOne(objective, { repeats: 2, pruner: createPruner('threshold:upper=100') });
    expect(answers).toEqual(['keep', 'keep', 'keep', 'keep']);
    expect(trial).toMatchObject({ state: 'complete', values: [0.5] });
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1]);
  });

  it('say when the trial has run out of time', async () => {
    const { study } = await openLine({ repeats: 1_000_000 });
    const objective: Objective<Point> = async (trial) => {
      while ((await trial.report(0, 0)) === 'keep');
      return 0;
    };
    await study.optimize(objective, { trials: 1, trialTimeLimitMs: 5 });
    expect(await study.trials()).toMatchObject([{ state: 'failed', end: { reason: 'timed-out' } }]);
  });
});

describe('an end before the last repeat', () => {
  const third = (answer: (trial: Trial<Point>) => ReturnType<Objective<Point>>): Objective<Point> => {
    return (trial) => (trial.repeat === 2 ? answer(trial) : 1);
  };
  const failing = third(() => {
    throw new RangeError('no rows');
  });
  it.each([
    {
      name: 'NaN',
      objective: third(() => Number.NaN),
      expected: {
        state: 'pruned',
        values: [Infinity],
        end: { reason: 'diverged', message: 'repeat 3 of 5: value is NaN' },
      },
    },
    {
      name: 'a throw',
      objective: failing,
      expected: {
        state: 'failed',
        values: [],
        end: { reason: 'threw', message: 'repeat 3 of 5: RangeError: no rows', stack: expect.stringContaining('at ') },
      },
    },
    {
      name: 'something else than a value',
      objective: third(() => 'good' as unknown as number),
      expected: {
        state: 'failed',
        end: { reason: 'invalid-value', message: expect.stringContaining('repeat 3 of 5') },
      },
    },
    {
      name: 'another number of constraints',
      objective: third(() => ({ values: [1], constraints: [0] })),
      expected: {
        state: 'failed',
        end: { reason: 'invalid-value', message: expect.stringContaining('first repeat 0') },
      },
    },
  ])('$name decides for the trial', async ({ objective, expected }) => {
    const trial = await runOne(objective, { repeats: 5 });
    expect(trial).toMatchObject(expected);
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1]);
  });

  it('by the pruner: worth the repeats so far', async () => {
    const pruner = createPruner('threshold:upper=7');
    const trial = await runOne(inTurn, { repeats: { count: 4, aggregate: 'median' }, pruner });
    expect(trial).toMatchObject({ state: 'pruned', values: [3], attributes: { [REPEAT_VALUES]: [3, 1, 8] } });
    expect(trial.reports).toHaveLength(3);
  });

  it('is not what the pruner is asked for after the last one', async () => {
    const asked: number[] = [];
    const strict = createPruner('threshold:upper=7');
    const decide: Pruner['decide'] = (context) => {
      asked.push(context.trial.reports.length);
      return strict.decide(context);
    };
    const trial = await runOne(inTurn, { repeats: 3, pruner: { ...strict, decide } });
    expect(trial).toMatchObject({ state: 'complete', values: [4], end: null });
    expect(trial.reports.map(({ value }) => value)).toEqual([3, 1, 8]);
    expect(asked).toEqual([1, 2]);
  });
});

describe('the second request to stop', () => {
  /** Three repeats of four reports each; stops twice just before a report, or after the last one of a repeat (step 4). */
  async function interruptedAt(repeat: number, step: number, answer: () => number | null = () => Number.NaN) {
    const { study, options } = await openLine({ repeats: 3 });
    const controls = new StudyControls();
    const seen: string[] = [];
    const objective: Objective<Point> = async (trial) => {
      for (let at = 0; at <= 4; at++) {
        if (trial.number === 0 && trial.repeat === repeat && at === step) {
          controls.requestStop();
          controls.requestStop();
        }
        if (at === 4) break;
        seen.push(`${trial.repeat}.${at}`);
        const value = (await trial.report(at, 0)) === 'stop' ? answer() : null;
        if (value !== null) return value;
      }
      return 1;
    };
    await study.optimize(objective, { trials: 1, controls });
    return { trials: await study.trials(), seen, options, objective };
  }

  it.each([
    { name: 'in the first repeat', repeat: 0, step: 1, last: '0.1', reports: 0 },
    { name: 'in a later one', repeat: 1, step: 2, last: '1.2', reports: 1 },
    { name: 'in the last one', repeat: 2, step: 0, last: '2.0', reports: 2 },
    { name: 'between two', repeat: 0, step: 4, last: '0.3', reports: 1 },
  ])('is obeyed at the next report $name; the trial starts afresh', async ({ repeat, step, last, reports }) => {
    const { trials, seen, options, objective } = await interruptedAt(repeat, step);
    expect(seen.at(-1)).toBe(last);
    expect(trials).toMatchObject([
      { state: 'failed', values: [], end: { reason: 'interrupted' } },
      { state: 'waiting', retryOf: 0 },
    ]);
    expect(trials[0]!.reports).toHaveLength(reports);
    const again = await loadStudy({ ...options, owner: newOwner() });
    await again.optimize(objective, { trials: 1 });
    expect((await again.trials())[1]).toMatchObject({ state: 'complete', values: [1] });
  });

  it('ends the trial after a repeat that does not obey', async () => {
    const { trials, seen } = await interruptedAt(1, 1, () => null);
    expect(seen.at(-1)).toBe('1.3');
    expect(trials[0]).toMatchObject({ state: 'failed', end: { reason: 'interrupted' }, reports: [{ step: 0 }] });
  });

  it('does not hide that the objective throws then', async () => {
    const { trials } = await interruptedAt(0, 1, () => {
      throw new Error('no');
    });
    expect(trials).toMatchObject([{ state: 'failed', end: { reason: 'threw', message: 'repeat 1 of 3: no' } }]);
  });

  it('comes too late after the last report of the last repeat: the trial is complete', async () => {
    const { trials } = await interruptedAt(2, 4);
    expect(trials).toMatchObject([{ state: 'complete', values: [1], reports: [{}, {}, {}] }]);
  });
});
