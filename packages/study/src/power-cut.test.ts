import { createPruner } from '@assay/pruner';
import { createRng, type Sampler, tpeSampler } from '@assay/sampler';
import { choice, float, int, space } from '@assay/space';
import { beforeAll, describe, expect, it } from 'vitest';
import { MemoryStudyStore } from './memory-study-store.js';
import { createStudy, loadStudy } from './open-study.js';
import { newOwner } from './owner.js';
import type { StudyOptions } from './study-options.js';
import type { Trial } from './study-spec.js';
import type { Owner, StudyStore } from './study-store.js';
import { climbingSampler } from './testing/climbing-sampler.js';
import { deadOwner } from './testing/contract-fixtures.js';
import { type Cut, PowerCutStore } from './testing/power-cut-store.js';
import type { TrialRecord } from './trial-record.js';

const SPACE = space({
  lr: float(1e-4, 1, { log: true }),
  layers: int(1, 4),
  optimizer: choice({ adam: {}, sgd: { momentum: float(0, 0.99) } }),
});
type Params = ReturnType<typeof SPACE.decode>;

const UNTIL = 14;
let dead: Owner;
beforeAll(() => {
  dead = deadOwner();
});

/** Some configurations throw, some diverge; the others' curves fall, and their noise is the training seed's. */
async function objective(trial: Trial<Params>): Promise<number> {
  const { lr, layers, optimizer } = trial.params;
  const momentum = optimizer.kind === 'sgd' ? optimizer.momentum : 0.5;
  const noise = createRng(trial.seed);
  if (layers === 3 && lr < 0.05) throw new Error('three layers do not fit');
  if (layers === 4) return Number.NaN;
  const floor = Math.abs(Math.log10(lr) + 2) + momentum / layers;
  for (let step = 1; step <= 6; step++) {
    const loss = floor + 1 / step + 0.3 * noise.next();
    if ((await trial.report(step, loss)) === 'stop') return loss;
  }
  return floor + 0.3 * noise.next();
}

/** @param reportDelayMs 0: each report is a call of the store; Infinity: all of a trial's are written with its end */
async function prepare(
  { pruner, sampler, repeats = 1 }: Search,
  reportDelayMs: number,
): Promise<{ store: MemoryStudyStore; options: StudyOptions<Params> }> {
  const store = new MemoryStudyStore();
  const retries = { workerDeaths: 1, processDeaths: 1_000 };
  const options = {
    store,
    name: 'cut',
    space: SPACE,
    sampler: sampler(),
    pruner: createPruner(pruner),
    seed: 11,
    repeats,
    retries,
    reportDelayMs,
  };
  const study = await createStudy(options);
  await study.enqueue({ lr: 0.01, layers: 2, optimizer: { kind: 'adam' } });
  await study.enqueueValues({ lr: 0.001, optimizer: 'sgd' }); // layers and momentum are left open
  await study.enqueue({ lr: 0.1, layers: 1, optimizer: { kind: 'adam' } });
  return { store, options };
}

/** One process: loads the study and runs it, until it is done or its power is cut. */
async function runProcess(options: StudyOptions<Params>, store: StudyStore, owner: Owner): Promise<'done' | 'dead'> {
  try {
    const study = await loadStudy({ ...options, store, owner });
    expect(await study.optimize(objective, { until: UNTIL, maxFailures: null })).toBe('until');
    return 'done';
  } catch (error) {
    if (!String(error).includes('PowerCut')) throw error;
    return 'dead';
  }
}

/** What each configuration came to, by draw or, where enqueued, by first number; and what is wrong with the attempts. */
function digest(trials: readonly TrialRecord[]): { readonly outcomes: object; readonly faults: readonly string[] } {
  const last = new Map<string, TrialRecord>();
  for (const trial of trials)
    last.set(trial.draw === null ? `enqueued ${trial.retryOf ?? trial.number}` : `draw ${trial.draw}`, trial);
  const faults = trials.flatMap((trial) => {
    if (trial.state === 'running' || trial.state === 'waiting') return [`${trial.number} is ${trial.state}`];
    const isLast = [...last.values()].includes(trial);
    const died = trial.end?.reason === 'process-died';
    return isLast === died ? [`${trial.number}: last attempt ${isLast}, process died ${died}`] : [];
  });
  const outcomes = Object.fromEntries(
    [...last].map(([key, { state, params, values, reports, rungs, note, end }]) => [
      key,
      { state, params, values, reports, rungs, note, reason: end?.reason },
    ]),
  );
  return { outcomes, faults };
}

interface Search {
  readonly pruner: string;
  readonly sampler: () => Sampler;
  readonly repeats?: number;
}

const SEARCHES: readonly Search[] = [
  { pruner: 'median:startup=2', sampler: climbingSampler },
  { pruner: 'asha:eta=2,min=1', sampler: climbingSampler },
  { pruner: 'hyperband:max=6,eta=2', sampler: climbingSampler },
  { pruner: 'median:startup=2', sampler: () => tpeSampler({ startup: 6 }) },
  { pruner: 'median:startup=2', sampler: climbingSampler, repeats: 3 },
];

describe.each(SEARCHES)('one worker, pruner $pruner, repeats $repeats', (search) => {
  it('ends alike, whether reports are written at once or with the end', async () => {
    const [atOnce, atEnd] = await Promise.all([prepare(search, 0), prepare(search, Number.POSITIVE_INFINITY)]);
    for (const { options, store } of [atOnce, atEnd]) expect(await runProcess(options, store, newOwner())).toBe('done');
    expect(digest(await atEnd.store.readTrials(1))).toEqual(digest(await atOnce.store.readTrials(1)));
  });

  it('ends as if nothing had happened, whichever call of the store the power is cut at', async () => {
    const undisturbed = await prepare(search, 0);
    const counter = new PowerCutStore(undisturbed.store, { call: Number.POSITIVE_INFINITY, when: 'before' });
    expect(await runProcess(undisturbed.options, counter, newOwner())).toBe('done');
    const expected = digest(await undisturbed.store.readTrials(1));
    expect(expected.faults).toEqual([]);
    const states = Object.values(expected.outcomes).map(({ reason, state }) => reason ?? state);
    expect(new Set(states)).toEqual(new Set(['complete', 'pruned', 'diverged', 'threw'])); // else this proves little

    for (let call = 0; call < counter.calls; call++) {
      for (const when of ['before', 'after'] as const) {
        const { store, options } = await prepare(search, 0);
        expect(await runProcess(options, new PowerCutStore(store, { call, when }), { ...dead, token: 'first' })).toBe(
          'dead',
        );
        expect(await runProcess(options, store, newOwner())).toBe('done');
        expect(digest(await store.readTrials(1)), `cut ${when} call ${call}`).toEqual(expected);
      }
    }
  });

  it.each([1, 2, 3, 4, 5])('ends as if nothing had happened when it is cut again and again (seed %i)', async (seed) => {
    const undisturbed = await prepare(search, Number.POSITIVE_INFINITY);
    await runProcess(undisturbed.options, undisturbed.store, newOwner());
    const { store, options } = await prepare(search, Number.POSITIVE_INFINITY);
    const rng = createRng(seed);
    let deaths = 0;
    for (let state = 'dead'; state === 'dead'; deaths++) {
      const cut: Cut = { call: 3 + Math.floor(rng.next() * 30), when: rng.next() < 0.5 ? 'before' : 'after' };
      state = await runProcess(options, new PowerCutStore(store, cut), { ...dead, token: `process ${deaths}` });
    }
    expect(deaths).toBeGreaterThan(3);
    expect(digest(await store.readTrials(1))).toEqual(digest(await undisturbed.store.readTrials(1)));
  });
});
