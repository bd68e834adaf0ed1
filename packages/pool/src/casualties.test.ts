// What goes wrong in one trial costs that trial, while others train for real.
import type { TrialExecutor, TrialHooks } from '@assay/study';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { descent } from './fixtures/descent.js';
import { recordingHooks } from './fixtures/recording-hooks.js';
import { EPOCHS } from './fixtures/training-study.js';
import { createPool } from './pool.js';

const RATE = 0.1;
const poolLines: string[] = [];
let pool: TrialExecutor;

beforeAll(async () => {
  pool = await createPool({
    studyUrl: new URL('./fixtures/training-study.ts', import.meta.url),
    data: { greeting: '', cell: new Int32Array(new SharedArrayBuffer(4)) },
    workers: 3,
    maxHeapMb: 64,
    onLog: (line) => poolLines.push(line),
  });
});

afterAll(() => pool.close());

async function run(behaviour: string, seed = 0, overrides: Partial<TrialHooks> = {}) {
  const hooks = recordingHooks(overrides);
  const outcome = await pool.run(
    { number: 0, params: { behaviour, 'training.rate': RATE }, seed, repeats: null },
    hooks,
  );
  return { outcome, reports: hooks.reports, lines: hooks.lines };
}

/** Trains; half-way it waits until `meanwhile` is over, so it certainly trains before, during and after. */
function trainDuring(seed: number, meanwhile: Promise<unknown>) {
  return run('train', seed, {
    async onReport(step) {
      if (step === EPOCHS / 2) await meanwhile;
      return 'keep';
    },
  });
}

it.each([
  { behaviour: 'throws', outcome: { reason: 'threw', message: 'RangeError: the label is missing' } },
  { behaviour: 'throwsText', outcome: { reason: 'threw', message: "threw 'a string'" } },
  { behaviour: 'rejectsUnhandled', outcome: { reason: 'threw', message: 'nobody handles this' } },
  { behaviour: 'throwsInTimer', outcome: { reason: 'threw', message: 'thrown in a timer' } },
  { behaviour: 'exhaustsHeap', outcome: { reason: 'out-of-memory', message: expect.stringContaining('heap') } },
  { behaviour: 'exits', outcome: { reason: 'worker-died', message: 'worker exited with code: 3' } },
  { behaviour: 'exitsSilently', outcome: { reason: 'worker-died', message: 'worker exited with code: 0' } },
  {
    behaviour: 'loopsForever',
    timeLimitMs: 100,
    outcome: { reason: 'timed-out', message: 'still running after 100 ms' },
  },
  {
    behaviour: 'waitsForever',
    timeLimitMs: 100,
    outcome: { reason: 'timed-out', message: 'still running after 100 ms' },
  },
  {
    behaviour: 'logsForever',
    timeLimitMs: 100,
    outcome: { reason: 'timed-out', message: 'still running after 100 ms' },
  },
])('$behaviour costs one trial: $outcome.reason', async ({ behaviour, timeLimitMs = null, outcome }) => {
  const culprit = run(behaviour, 0, { timeLimitMs });
  const trainers = await Promise.all([trainDuring(1, culprit), trainDuring(2, culprit)]);
  expect((await culprit).outcome).toMatchObject({ kind: 'failed', ...outcome });
  for (const [i, { outcome: end, reports }] of trainers.entries()) {
    const losses = [...descent(i + 1, RATE, EPOCHS)];
    expect(reports).toEqual([...losses.entries()]);
    expect(end).toEqual({ kind: 'complete', values: [losses.at(-1)] });
  }
  const afterwards = await Promise.all([run('empty'), run('empty'), run('empty')]);
  expect(afterwards.map((trial) => trial.outcome.kind)).toEqual(['complete', 'complete', 'complete']);
});

it('keeps the first 10,000 lines of a trial', async () => {
  const { lines } = await run('logsTooMuch');
  expect(lines).toHaveLength(10_001);
  expect(lines.at(-2)).toBe('line 10000');
  expect(lines.at(-1)).toBe("(10000 lines; this trial's others are not kept)");
});

it('replaces a worker that an old timer of a finished trial ends, and says so', async () => {
  const known = poolLines.length;
  expect((await run('dirtiesTheNextTrial')).outcome.kind).toBe('complete');
  await expect
    .poll(() => poolLines.slice(known), { timeout: 10_000 })
    .toEqual([expect.stringMatching(/^A worker ended between two trials: Error: after the end of its trial/)]);
  expect((await Promise.all([run('empty'), run('empty'), run('empty')])).map(({ outcome }) => outcome.kind)).toEqual(
    Array(3).fill('complete'),
  );
});
