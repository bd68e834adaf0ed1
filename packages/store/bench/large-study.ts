/**
 * A study of a million trials: what opening it, its best trial and one page of it cost, in a process that only reads.
 * Build first, then: npx jiti packages/store/bench/large-study.ts [trials] [folder]
 * The file is made first, through the store itself; that takes minutes.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { float, space } from '@assay/space';
import { openStore } from '@assay/store';
import { DEFINITION_DEFAULTS, loadStudy, type TrialRecord } from '@assay/study';

const TRIALS = 1_000_000;
const AT_A_TIME = 10_000;
const PAGE = 50;
const REPEATS = 9;

const SPACE = space({ x: float(-10, 10), y: float(-10, 10), z: float(-10, 10) }).parameters;

/** Three parameters and a value that nobody can foresee, the same in every run; every third trial is pruned. */
function trialOf(number: number): TrialRecord {
  const wave = (k: number): number => 10 * Math.sin((number + 1) * (k + 1));
  const isPruned = number % 3 === 2;
  return {
    ...{ id: 0, number, state: isPruned ? 'pruned' : 'complete', draw: number, retryOf: null, note: null },
    ...{ params: { x: wave(0), y: wave(1), z: wave(2) }, values: [wave(0) ** 2 + wave(1) ** 2 + wave(2) ** 2] },
    ...{
      constraints: [],
      reports: [],
      rungs: [],
      attributes: {},
      startedMs: number * 1_000,
      finishedMs: number * 1_000 + 900,
    },
    end: isPruned ? { reason: 'pruned', message: 'stopped' } : null,
  };
}

async function make(path: string, trials: number): Promise<void> {
  const store = await openStore(path);
  const definition = { ...DEFINITION_DEFAULTS, space: SPACE, sampler: null, pruner: null, seed: 1, facts: {} };
  const study = await store.createStudy({ name: 'large', directions: ['minimize'], metrics: ['loss'], definition });
  for (let from = 0; from < trials; from += AT_A_TIME) {
    const count = Math.min(AT_A_TIME, trials - from);
    await store.importTrials(
      study.id,
      Array.from({ length: count }, (_, i) => trialOf(from + i)),
    );
    if (process.stderr.isTTY) process.stderr.write(`\r${from + count} trials`);
  }
  await store.close();
}

async function print<T>(what: string, call: () => Promise<T>, repeats = REPEATS): Promise<T> {
  const times: number[] = [];
  let answer = await timed(call, times);
  while (times.length < repeats) answer = await timed(call, times);
  const first = times[0]!.toFixed(1).padStart(9);
  const median = times
    .sort((a, b) => a - b)
    [repeats >> 1]!.toFixed(1)
    .padStart(9);
  console.log(`${what.padEnd(44)} ${first} ms at first ${median} ms median`);
  return answer;
}

async function timed<T>(call: () => Promise<T>, times: number[]): Promise<T> {
  const start = performance.now();
  const answer = await call();
  times.push(performance.now() - start);
  return answer;
}

function printMemory(): void {
  console.log(`${'memory, at most'.padEnd(44)} ${(process.resourceUsage().maxRSS / 1_024).toFixed(0).padStart(9)} MiB`);
}

/** In a process of its own: nothing of the file is in its memory yet. */
async function measure(path: string): Promise<void> {
  const store = await print('opening the store', () => openStore(path), 1);
  const study = (await print('finding the study', () => store.findStudy('large')))!;
  const counts = await print('counting its trials by state', () => store.countTrials(study.id));
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  await print('the best trial', () => store.rankTrials(study.id, { limit: 1 }));
  await print(`the best ${PAGE}`, () => store.rankTrials(study.id, { limit: PAGE }));
  await print(`the newest ${PAGE}, reports and all`, () =>
    store.readTrials(study.id, { from: total - PAGE, limit: PAGE }),
  );
  await print('what is new since the last read', () => store.readTrials(study.id, { from: total }));
  const many = Math.min(total, AT_A_TIME);
  await print(`parameters and values of ${many} trials`, () =>
    store.readTrials(study.id, { limit: many, reports: false }),
  );
  printMemory();
  const run = await loadStudy({ store, name: 'large' });
  await print('all of it, as a run of it has it', () => run.trials(), 1);
  printMemory();
  await store.close();
}

const [first, folder = tmpdir()] = process.argv.slice(2);
if (first?.endsWith('.db')) await measure(first);
else {
  const home = mkdtempSync(join(folder, 'assay-large-study-'));
  try {
    const path = join(home, 'large.db');
    const trials = Number(first ?? TRIALS);
    await make(path, trials);
    console.log(`\n${trials} trials, ${(statSync(path).size / 2 ** 20).toFixed(0)} MiB, ${process.version}`);
    await once(fork(process.argv[1]!, [path], { execArgv: ['--import', 'jiti/register'] }), 'exit');
  } finally {
    rmSync(home, { recursive: true });
  }
}
